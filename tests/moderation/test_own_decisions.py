"""A moderator looks through what they decided, sees whether it still holds, and decides otherwise."""

import pytest
from django.urls import reverse

from dialogue.actions import edit_comment, withdraw_comment
from dialogue.models import Comment
from moderation.actions import (
    Justification,
    Seen,
    accept_edit,
    appeal_decision,
    correct_language,
    decide_later,
    hide_comment,
    keep_comment,
    publish_comment,
    refuse_edit,
    reject_comment,
    restore_comment,
    uphold_decision,
)
from moderation.models import Flag, PendingDecision, Verb
from people.groups import MODERATORS, the_group
from people.models import GroupSection, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OWN = reverse("moderation_comments:list_own_decisions")
OFF_TOPIC = {"reason_code": "off_topic", "reason_text": "Voir les horaires.", "note": "Troisième fois."}


def rows(browser, **query: str):
    return browser.get(OWN, query).context["rows"]


def send(browser, row, verb: str, **more: object):
    """Send the form that stands in the row, as it stands there."""
    choice = next(choice for choice in row.choices if choice.verb == verb)
    sent = {name: value for name, value in choice.form.initial.items() if value is not None}
    return browser.post(choice.url, {**sent, "next": OWN, **more})


class TestList:
    """What stands there."""

    def test_the_latest_comes_first_with_what_was_said(self, desk, held, receive, article, moderator):
        reject_comment(held, by=moderator, **OFF_TOPIC)
        other = receive(article, "Et la rampe ?")
        publish_comment(other, by=moderator)
        assert [row.comment for row in rows(desk)] == [other, held]
        html = desk.get(OWN).content.decode()
        for told in ("Et la rampe ?", "Voir les horaires.", "Troisième fois.", article.title):
            assert told in html

    def test_neither_the_decisions_of_others_nor_those_of_rules(
        self, desk, outside_desk, held, say, article, outside_moderator
    ):
        publish_comment(held, by=outside_moderator)
        say(article)
        assert rows(desk) == []
        assert [row.comment for row in rows(outside_desk)] == [held]

    def test_only_where_one_may_still_decide(self, desk, held, held_inside, moderator, dialogues_fr):
        publish_comment(held, by=moderator)
        publish_comment(held_inside, by=moderator)
        assert len(rows(desk)) == 2
        GroupSection.objects.create(group=the_group(MODERATORS), page=held_inside.page.get_parent())
        assert [row.comment for row in rows(desk)] == [held_inside]
        held_inside.page.unpublish()
        assert rows(desk) == []

    def test_it_goes_on_where_the_page_ends(self, desk, receive, article, moderator, monkeypatch):
        monkeypatch.setattr("moderation.views.own_decisions.ON_A_PAGE", 2)
        comments = [receive(article, f"Mot {number}.") for number in range(5)]
        for comment in comments:
            publish_comment(comment, by=moderator)
        found, address = [], OWN
        while address:
            context = desk.get(address).context
            found += [row.comment for row in context["rows"]]
            address = context["older_url"]
        assert found == comments[::-1]

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣", ""])
    def test_nonsense_in_the_address_begins_anew(self, desk, held, moderator, before):
        publish_comment(held, by=moderator)
        assert len(rows(desk, before=before)) == 1

    def test_after_the_decision_of_somebody_else_there_is_nothing(self, desk, held, outside_moderator):
        decision = publish_comment(held, by=outside_moderator)
        assert rows(desk, before=str(decision.pk)) == []

    def test_its_queries_do_not_grow(self, desk, receive, article, moderator, count_queries):
        def add() -> None:
            comment = receive(article, "Le quai.")
            publish_comment(comment, by=moderator)
            hide_comment(comment, by=moderator, **OFF_TOPIC)

        add()
        desk.get(OWN)
        few = count_queries(lambda: desk.get(OWN))
        for _number in range(5):
            add()
        assert count_queries(lambda: desk.get(OWN)) == few
        assert few <= 20

    def test_only_moderators(self, signed_in, editor, client):
        assert signed_in(editor).get(OWN).status_code in {302, 403}
        assert client.get(OWN).status_code == 302
        assert signed_in(editor).get(reverse("moderation_comments:list_comments")).status_code in {302, 403}

    def test_the_desk_leads_there_and_it_leads_back(self, desk, held):
        assert OWN in desk.get(reverse("moderation_comments:list_comments")).content.decode()
        assert "status=held" in desk.get(OWN).content.decode()


class TestState:
    """Whether it still holds."""

    def only(self, browser, verb: str):
        return next(row for row in rows(browser) if row.decision.verb == verb)

    def test_it_holds_until_somebody_decides_otherwise(self, desk, held, moderator, outside_moderator):
        publish_comment(held, by=moderator)
        assert self.only(desk, "publish").holds
        other = hide_comment(held, by=outside_moderator, **OFF_TOPIC)
        row = self.only(desk, "publish")
        assert (row.holds, row.since) == (False, other)
        assert "Odile Dehors" in desk.get(OWN).content.decode()
        restore_comment(held, by=outside_moderator)
        assert self.only(desk, "publish").holds

    def test_what_its_author_withdrew_is_told(self, desk, held, moderator):
        publish_comment(held, by=moderator)
        withdraw_comment(held, by=held.participant)
        row = self.only(desk, "publish")
        assert row.is_withdrawn
        assert not row.choices

    def test_what_was_kept(self, desk, say, article, moderator, outside_moderator):
        comment = say(article)
        Flag.objects.create(comment=comment, comment_version=1, reason_code="attack", person_digest="un")
        keep_comment(comment, by=moderator)
        assert self.only(desk, "keep").holds
        hide_comment(comment, by=outside_moderator, **OFF_TOPIC)
        assert not self.only(desk, "keep").holds

    def test_what_was_decided_on_a_change(self, desk, say, article, moderator, policy):
        policy("hold_all")
        for verb, act in (("accept", accept_edit), ("refuse", refuse_edit)):
            comment = say(article, "Le quai.")
            edit(comment)
            why = OFF_TOPIC if verb == "refuse" else {}
            act(comment, by=moderator, version=comment.waiting_version, **why)
            assert self.only(desk, verb).holds

    def test_an_appeal_that_was_upheld_leaves_the_decision_as_it_is(
        self, desk, outside_desk, held, moderator, outside_moderator
    ):
        reject_comment(held, by=moderator, **OFF_TOPIC)
        appeal_decision(held, "Je parle bien du quai.", by=held.participant)
        uphold_decision(held, by=outside_moderator, reason_text="La page parle des horaires.")
        assert self.only(desk, "reject").holds
        assert self.only(outside_desk, "uphold").holds
        other = publish_comment(held, by=moderator)
        assert self.only(outside_desk, "uphold").since == other

    def test_what_was_said_of_the_language(self, desk, held, moderator, outside_moderator):
        correct_language(held, "en", by=moderator)
        assert self.only(desk, "language").holds
        other = correct_language(held, "fr", by=outside_moderator)
        assert self.only(desk, "language").since == other


class TestReverse:
    """One press, the ordinary way."""

    def test_what_was_hidden_is_shown_again(self, desk, held, moderator):
        publish_comment(held, by=moderator)
        hide_comment(held, by=moderator, **OFF_TOPIC)
        latest, earlier = rows(desk)
        assert [choice.verb for choice in latest.choices] == ["restore"]
        assert earlier.choices == []
        answer = send(desk, latest, "restore")
        assert (answer.status_code, answer["Location"]) == (302, OWN)
        held.refresh_from_db()
        assert held.is_published
        assert [row.decision.verb for row in rows(desk)] == ["restore", "hide", "publish"]

    def test_what_was_rejected_is_published_and_may_be_taken_back(self, desk, held, moderator, settings):
        reject_comment(held, by=moderator, **OFF_TOPIC)
        settings.UNDO_SECONDS = 10
        (row,) = rows(desk)
        send(desk, row, "publish")
        pending = PendingDecision.objects.get()
        (row,) = rows(desk)
        assert (row.pending, row.choices) == (pending, [])
        html = desk.get(OWN).content.decode()
        assert "sera publié" in html
        assert pending.batch in html

    def test_without_a_reason_the_form_is_shown_again_and_then_leads_back(self, desk, held, moderator):
        publish_comment(held, by=moderator)
        (row,) = rows(desk)
        answer = send(desk, row, "hide", reason_text="Voir ailleurs.")
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "Voir ailleurs." in html
        assert f'name="next" value="{OWN}"' in html

    def test_who_was_first_is_named(self, desk, held, moderator, outside_moderator):
        publish_comment(held, by=moderator)
        (row,) = rows(desk)
        hide_comment(held, by=outside_moderator, **OFF_TOPIC)
        answer = send(desk, row, "hide", reason_code="duplicate")
        assert answer.status_code in {302, 409}
        restore_comment(held, by=outside_moderator)
        hide_later(held, outside_moderator)
        (row,) = [row for row in rows(desk) if row.decision.verb == "publish"]
        assert row.pending.by == outside_moderator
        assert row.choices == []

    def test_a_stale_form_is_refused_and_says_by_whom(self, desk, held, moderator, outside_moderator):
        reject_comment(held, by=moderator, **OFF_TOPIC)
        (row,) = rows(desk)
        publish_comment(held, by=outside_moderator)
        hide_comment(held, by=outside_moderator, **OFF_TOPIC)
        answer = send(desk, row, "publish")
        assert answer.status_code == 409
        assert "Odile" in answer.content.decode()

    @pytest.mark.parametrize("away", ["https://ailleurs.test/", "//ailleurs.test", "javascript:alert(1)"])
    def test_it_leads_nowhere_else(self, desk, held, moderator, away):
        publish_comment(held, by=moderator)
        (row,) = rows(desk)
        answer = send(desk, row, "hide", reason_code="off_topic", next=away)
        assert "ailleurs" not in answer["Location"]
        assert "javascript" not in answer["Location"]


def edit(comment: Comment) -> None:
    edit_comment(comment, "Le quai, et la rampe.", by=comment.participant)
    comment.refresh_from_db()


def hide_later(comment: Comment, by: User) -> None:
    comment.refresh_from_db()
    seen = Seen(comment, comment.version, comment.status)
    decide_later(Verb.HIDE, [seen], by=by, why=Justification("off_topic"))
