"""Moderators see who else looks at a comment, and what was decided meanwhile."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogue.actions import edit_comment, withdraw_comment
from dialogue.models import Comment
from moderation.actions import (
    ACTS,
    Justification,
    Seen,
    decide_later,
    forget_attention,
    hide_comment,
    keep_comment,
    note_presence,
    publish_comment,
    reject_comment,
    take_back,
)
from moderation.models import Flag, PendingDecision, Presence, Verb, present_at
from moderation.models.attention import STAYS
from moderation.views.attend import DONE_BY, age_of
from moderation.views.goes import WILL
from people.models import Participant
from privacy.actions import erase_participant

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ATTEND = reverse("moderation_comments:attend")
LIST = reverse("moderation_comments:list_comments")


def attend(browser: Client, *comments: Comment, looks: Comment | None = None, query: str = "", **more: str):
    cards = [f"{comment.public_id}:{comment.version}:{comment.status}:" for comment in comments]
    sent = {"card": cards, "looks": looks.public_id if looks else "", "since": ago(1).isoformat(), **more}
    return browser.post(ATTEND + query, sent)


def told(browser: Client, comment: Comment, **more: str) -> dict[str, str]:
    return attend(browser, comment, **more).json()["cards"][comment.public_id]


def ago(minutes: int):
    return timezone.now() - timedelta(minutes=minutes)


class TestPresence:
    """Who else is there."""

    def test_others_see_who_looks(self, desk, outside_desk, held):
        attend(desk, held, looks=held)
        assert "Fanny Poirier" in told(outside_desk, held)["looking"]
        # Nobody is told of themselves.
        assert told(desk, held)["looking"] == ""

    def test_twice_is_once_and_it_goes_on(self, desk, held, moderator, outside_moderator, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        attend(desk, held, looks=held)
        time_machine.shift(timedelta(seconds=20))
        attend(desk, held, looks=held)
        assert Presence.objects.count() == 1
        time_machine.shift(timedelta(seconds=20))
        assert present_at([held], but=outside_moderator) == {held.pk: [moderator]}
        time_machine.shift(STAYS)
        assert present_at([held], but=outside_moderator) == {}

    def test_somebody_looks_at_one_at_a_time(self, desk, outside_desk, held, receive, article):
        other = receive(article, "La rampe.")
        attend(desk, held, other, looks=held)
        attend(desk, held, other, looks=other)
        cards = attend(outside_desk, held, other).json()["cards"]
        assert cards[held.public_id]["looking"] == ""
        assert "Fanny Poirier" in cards[other.public_id]["looking"]

    def test_what_is_over_is_deleted(self, held, moderator, outside_moderator):
        note_presence(held, by=moderator)
        Presence.objects.update(seen_at=ago(1))
        note_presence(held, by=outside_moderator)
        forget_attention()
        assert Presence.objects.get().user == outside_moderator

    def test_several_are_told_together(self, desk, held, outside_moderator, administrator):
        for user in (outside_moderator, administrator):
            note_presence(held, by=user)
        looking = told(desk, held)["looking"]
        assert "Odile Dehors" in looking
        assert administrator.display_name in looking

    def test_of_what_one_may_not_decide_on_nobody_is_told(self, desk, outside_desk, held, held_inside):
        attend(desk, held_inside, looks=held_inside)
        answer = attend(outside_desk, held, held_inside, looks=held_inside)
        assert set(answer.json()["cards"]) == {held.public_id}
        assert held_inside.public_id not in answer.content.decode()
        # Nor can they be there.
        assert Presence.objects.get().user.username == "fanny"

    def test_it_goes_with_the_person(self, held, moderator, administrator):
        note_presence(held, by=moderator)
        erase_participant(Participant.objects.get_or_create(user=moderator)[0], by=administrator)
        assert not Presence.objects.exists()


class TestDecided:
    """What others did, on the card."""

    def test_what_is_about_to_be_done_and_taken_back(self, desk, held, outside_moderator, settings):
        settings.UNDO_SECONDS = 10
        seen = [Seen(held, held.version, held.status)]
        batch = decide_later(Verb.PUBLISH, seen, by=outside_moderator, why=Justification()).key
        done = told(desk, held)["done"]
        assert "Odile Dehors" in done
        assert re.search(r"\b0\ss\b", done)
        take_back(batch, by=outside_moderator)
        assert told(desk, held)["done"] == ""
        assert not PendingDecision.objects.exists()

    def test_there_is_a_sentence_for_whatever_can_be_done(self):
        assert set(ACTS) == set(DONE_BY) == set(WILL)

    def test_what_was_done_and_how_long_ago(self, desk, held, outside_moderator, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        publish_comment(held, by=outside_moderator)
        time_machine.shift(timedelta(seconds=5))
        assert re.search(r"\b5\ss\b", told(desk, held)["done"])
        made = timezone.now() - timedelta(seconds=5)
        time_machine.shift(timedelta(minutes=3))
        assert age_of(made).split() == ["3", "min"]
        time_machine.shift(timedelta(hours=2))
        assert age_of(made).split() == ["2", "h"]

    def test_not_what_one_did_oneself_nor_what_the_screen_shows_already(self, desk, held, moderator, say):
        publish_comment(held, by=moderator)
        held.refresh_from_db()
        assert told(desk, held)["done"] == ""

    def test_what_was_before_is_not_told(self, desk, held, outside_moderator):
        publish_comment(held, by=outside_moderator)
        held.refresh_from_db()
        assert told(desk, held, since=timezone.now().isoformat())["done"] == ""

    @pytest.mark.parametrize("since", ["", "x", "2026-13-45", "2026-12-01T10:00:00"])
    def test_nonsense_is_no_moment(self, desk, held, since):
        assert told(desk, held, since=since)["done"] == ""

    def test_flags_that_were_dismissed(self, desk, say, article, outside_moderator):
        comment = say(article)
        Flag.objects.create(comment=comment, comment_version=1, reason_code="attack", person_digest="un")
        keep_comment(comment, by=outside_moderator)
        assert "Odile" in told(desk, comment)["done"]

    def test_what_its_author_did(self, desk, held, receive, article):
        changed = receive(article, "Le quai.")
        cards = [f"{comment.public_id}:1:held:" for comment in (held, changed)]
        withdraw_comment(held, by=held.participant)
        edit_comment(changed, "La rampe.", by=changed.participant)
        answer = desk.post(ATTEND, {"card": cards}).json()["cards"]
        withdrawn, edited = (answer[comment.public_id]["done"] for comment in (held, changed))
        assert withdrawn
        assert edited
        assert withdrawn != edited


class TestNew:
    """What has come since, offered and not shown."""

    def fresh(self, browser, *shown: Comment, query: str = "", **more: str) -> str:
        return attend(browser, *shown, query=query, list="1", **more).json()["fresh"]

    def test_it_is_counted(self, desk, held, receive, article):
        assert self.fresh(desk, held) == ""
        for number in range(3):
            receive(article, f"Mot {number}.")
        assert "3" in self.fresh(desk, held)
        assert self.fresh(desk, held, since=timezone.now().isoformat()) == ""

    def test_as_the_list_is_narrowed(self, desk, held, receive, article, say):
        receive(article, "La rampe.")
        assert self.fresh(desk, held, query="?q=rampe") != ""
        assert self.fresh(desk, held, query="?q=bateau") == ""
        assert self.fresh(desk, held, query="?status=published") == ""
        comment = say(article)
        Flag.objects.create(comment=comment, comment_version=1, reason_code="attack", person_digest="un")
        assert self.fresh(desk, query="?status=flagged") != ""

    def test_not_what_one_may_not_decide_on(self, outside_desk, held, held_inside):
        assert self.fresh(outside_desk, held) == ""

    def test_the_desk_says_where_to_ask_with_what_it_is_narrowed_by(self, desk, held):
        html = desk.get(LIST, {"status": "held", "q": "bancs"}).content.decode()
        assert f"{ATTEND}?status=held&amp;q=bancs" in html


class TestRequest:
    """Who may ask, and how."""

    def test_only_moderators_and_only_by_post(self, desk, signed_in, editor, client, held):
        assert attend(signed_in(editor), held).status_code in {302, 403}
        assert attend(client, held).status_code == 401
        assert desk.get(ATTEND).status_code == 405

    @pytest.mark.parametrize("card", ["", "x", "x:1:held", "x:y:held:", "x:1:nowhere:", "x:1"])
    def test_nonsense_is_refused(self, desk, card):
        assert desk.post(ATTEND, {"card": [card]}).status_code == 400

    def test_too_many_are_refused(self, desk):
        assert desk.post(ATTEND, {"card": ["x:1:held:"] * 500}).status_code == 400

    def test_nothing_is_answered_with_nothing(self, desk):
        assert desk.post(ATTEND).json() == {"cards": {}, "fresh": ""}

    def test_its_queries_do_not_grow(self, desk, receive, article, outside_moderator, count_queries):
        comments = []

        def add() -> None:
            for act, why in ((publish_comment, {}), (reject_comment, {"reason_code": "off_topic"})):
                comments.append(receive(article, "Le quai."))
                note_presence(comments[-1], by=outside_moderator)
                act(comments[-1], by=outside_moderator, **why)

        add()
        ask = lambda: attend(desk, *comments, looks=comments[0], list="1")  # noqa: E731
        ask()
        few = count_queries(ask)
        for _number in range(4):
            add()
        assert count_queries(ask) == few
        assert few <= 16

    def test_hidden_since_is_told_on_the_review_as_well(self, desk, say, article, outside_moderator):
        comment = say(article)
        html = desk.get(reverse("moderation_comments:review_comment", args=[comment.public_id])).content
        assert f'data-attend="{comment.public_id}:1:published"' in html.decode()
        hide_comment(comment, by=outside_moderator, reason_code="off_topic")
        assert "Odile" in told(desk, comment)["done"]
