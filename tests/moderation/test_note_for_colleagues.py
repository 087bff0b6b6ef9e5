"""A moderator writes two things: what the author is told, and a note that colleagues alone read."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from itertools import product

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from dialogue import links
from dialogue.actions import edit_comment, status_token
from dialogue.models import Comment
from mail.actions import make_link, process_mail
from moderation import actions
from moderation.forms import BulkDecisionForm, ReasonedDecisionForm
from moderation.models import Decision
from moderation.retention import explained
from people.models import Participant
from privacy.actions import erase_participant, export_person
from tests.moderation.test_list_comments import BULK, LIST, tick

pytestmark = pytest.mark.django_db

TOLD, NOTE = "Parlons du quai.", "Encore lui."
REASON = {"reason_code": "off_topic", "reason_text": TOLD, "note": NOTE}
VERBS = ("reject", "hide", "refuse")


@pytest.fixture
def decided(policy, say, article, employee, moderator) -> Callable[[str, bool], Comment]:
    """A comment, of a guest or of an employee, on which a moderator decided."""

    def decide(verb: str, is_guest: bool) -> Comment:
        policy("hold_all")
        who = {"email": f"{verb}@example.org"} if is_guest else {"user": employee}
        comment = say(article, f"Et le prix ? ({verb})", is_published=verb != "reject", **who)
        Participant.objects.filter(pk=comment.participant_id).update(verified_at=timezone.now())
        seen = {"version": comment.version}
        if verb == "refuse":
            edit_comment(comment, "Et le prix du billet ?", by=comment.participant)
            seen = {"version": comment.waiting_version}
        comment.refresh_from_db()
        act = {"reject": actions.reject_comment, "hide": actions.hide_comment, "refuse": actions.refuse_edit}
        act[verb](comment, by=moderator, **seen, **REASON)
        return comment

    return decide


def browser_of_author(comment: Comment, signed_in: Callable) -> Client:
    participant = comment.participant
    if participant.user:
        return signed_in(participant.user)
    client = Client()
    client.post(reverse("open_personal_page", args=[make_link(participant, links.PERSONAL)]))
    return client


@pytest.mark.parametrize(("verb", "is_guest"), list(product(VERBS, (True, False))))
def test_r13_the_author_is_told_the_one_and_never_the_other(decided, signed_in, desk, verb, is_guest):
    """Everything that an author can open, and what colleagues can: forty-eight readings in all."""
    comment = decided(verb, is_guest)
    browser = browser_of_author(comment, signed_in)
    process_mail()
    [message] = [message for message in mail.outbox if message.to == [comment.participant.address]]
    told = message.message().get_payload(decode=False)
    told = str(told) + message.body + str(message.alternatives)
    assert TOLD in told
    assert NOTE not in told
    token = status_token(comment.idempotency_key)
    addresses = [
        reverse("comment_status", args=[token]),
        reverse("personal_page"),
        reverse("edit_own_comment", args=[comment.public_id]),
        comment.get_absolute_url(),
        reverse("comment_history", args=[comment.public_id]),
        comment.page.get_url(),
    ]
    bodies = [browser.get(address, follow=True).text for address in addresses]
    assert any(TOLD in body for body in bodies)
    assert not any(NOTE in body for body in bodies)
    assert NOTE in desk.get(reverse("moderation_comments:review_comment", args=[comment.public_id])).text


def test_r13_a_copy_of_all_data_holds_the_note_apart_from_what_was_told(decided):
    """It is about them: whoever asks for everything gets it, as what it is."""
    comment = decided("reject", is_guest=True)
    tables = export_person(comment.participant)
    [note] = tables.pop("notes_on_your_comments")
    assert (note["note"], note["comment__public_id"]) == (NOTE, comment.public_id)
    rest = json.dumps(tables, default=str)
    assert TOLD in rest
    assert NOTE not in rest


def test_r13_the_copy_of_whoever_wrote_it_holds_neither(decided, moderator):
    decided("reject", is_guest=True)
    own = json.dumps(export_person(Participant.of(moderator)), default=str)
    assert TOLD not in own
    assert NOTE not in own


def test_r13_both_are_forgotten_with_the_author_and_in_time(decided, moderator):
    first, _second = decided("reject", is_guest=True), decided("hide", is_guest=True)
    erase_participant(first.participant)
    assert not Decision.objects.filter(comment=first).exclude(note="", reason_text="").exists()
    due = explained(timezone.now() + timedelta(days=1))
    due.forget_reasons()
    assert not Decision.objects.exclude(note="", reason_text="").exists()


def test_r13_a_note_without_a_word_to_the_author_is_forgotten_too(say, article, moderator):
    comment = say(article)
    actions.hide_comment(comment, by=moderator, reason_code="off_topic", note=NOTE)
    assert explained(timezone.now() + timedelta(days=1)).count() == 1


def test_r13_the_register_shows_finds_and_exports_it(decided, desk):
    comment = decided("reject", is_guest=True)
    decision = comment.decisions.exclude(note="").get()
    register = "/admin/moderation/decisions/"
    assert escape(comment.author_name) in desk.get(register, {"q": NOTE}).text
    assert NOTE in desk.get(f"{register}inspect/{decision.pk}/").text
    assert NOTE in b"".join(desk.get(register, {"export": "csv"})).decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("form", [ReasonedDecisionForm, BulkDecisionForm])
def test_r13_each_field_says_who_reads_it(form, language):
    with translation.override(language):
        told, note = form()["reason_text"], form()["note"]
        assert str(told.label) != str(note.label)
        assert told.help_text
        assert note.help_text


class TestForms:
    def test_r13_the_form_keeps_both(self, desk, held):
        url = reverse("moderation_comments:decide_on_comment", args=[held.public_id, "reject"])
        assert desk.post(url, {"version": 1, "status": "held", **REASON}).status_code == HTTPStatus.FOUND
        decision = held.decisions.first()
        assert (decision.reason_text, decision.note) == (TOLD, NOTE)

    def test_r13_another_reason_needs_words_to_the_author_not_to_colleagues(self, desk, held):
        url = reverse("moderation_comments:decide_on_comment", args=[held.public_id, "reject"])
        sent = {"version": 1, "status": "held", "reason_code": "other", "note": NOTE}
        answer = desk.post(url, sent)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert NOTE in answer.text

    def test_r13_the_form_for_many_keeps_both(self, desk, receive, article):
        comments = [receive(article) for _number in range(2)]
        desk.post(BULK, {"verb": "reject", "comment": [tick(c) for c in comments], **REASON})
        rows = Decision.objects.filter(by__isnull=False).values_list("reason_text", "note")
        assert list(rows) == [(TOLD, NOTE)] * 2

    def test_r13_publishing_many_tells_nobody_a_reason_that_was_left_in_the_form(self, desk, held):
        desk.post(BULK, {"verb": "publish", "comment": [tick(held)], **REASON})
        decision = held.decisions.first()
        assert (decision.reason_code, decision.reason_text, decision.note) == ("", "", NOTE)


REFUSED = {
    "no reason": {"verb": "reject", "reason_code": ""},
    "another reason without words": {"verb": "reject", "reason_code": "other", "reason_text": ""},
    "an unknown reason": {"verb": "reject", "reason_code": "dislike"},
    "too long to the author": {"verb": "reject", "reason_text": TOLD + "x" * 500},
    "too long to colleagues": {"verb": "reject", "note": NOTE + "x" * 500},
    "an unknown act": {"verb": "hide"},
    "nothing ticked": {"verb": "reject", "comment": []},
}


class TestRefused:
    """What was ticked and written in the form for many is there again."""

    def ticked(self, body: str) -> set[str]:
        boxes = re.findall(r'<input [^>]*name="comment" value="([^"]+)"( checked)?', body)
        return {value for value, is_checked in boxes if is_checked}

    @pytest.mark.parametrize("why", REFUSED)
    def test_r13_ticks_and_words_are_still_there(self, desk, receive, article, why):
        comments = [receive(article, f"Mot {number}.") for number in range(4)]
        sent = {**REASON, "comment": [tick(c) for c in comments[1:3]], **REFUSED[why]}
        answer = desk.post(BULK, {**sent, "next": f"{LIST}?side=external&ordering=-submitted_at"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert self.ticked(answer.text) == set(sent["comment"])
        for name in ("reason_text", "note"):
            assert escape(sent[name]) in answer.text
        if sent["reason_code"] == "off_topic":
            assert re.search(r'value="off_topic"\s+selected', answer.text)
        assert [c.pk for c in answer.context["object_list"]] == [c.pk for c in reversed(comments)]
        assert not Decision.objects.filter(by__isnull=False).exists()
        assert 'href="?' not in answer.text
        assert f'href="{BULK}' not in answer.text

    def test_r13_what_has_changed_meanwhile_is_ticked_no_more(
        self, desk, receive, article, outside_moderator
    ):
        comments = [receive(article, f"Mot {number}.", email=f"p{number}@example.org") for number in range(3)]
        ticks = [tick(c) for c in comments]
        edit_comment(comments[1], "Autre chose.", by=comments[1].participant)
        actions.reject_comment(comments[2], by=outside_moderator, reason_code="off_topic")
        answer = desk.post(BULK, {"verb": "reject", "comment": ticks, **REASON})
        assert answer.status_code == HTTPStatus.CONFLICT
        assert self.ticked(answer.text) == {ticks[0]}
        assert TOLD in answer.text
        assert NOTE in answer.text

    def test_r13_on_the_second_page_too(self, desk, receive, article, monkeypatch):
        monkeypatch.setattr("moderation.views.listing.CommentListView.paginate_by", 2)
        comments = [receive(article, f"Mot {number}.") for number in range(4)]
        page = desk.get(LIST, {"p": 2}).text
        assert '<input type="hidden" name="p" value="2">' in page
        sent = {"verb": "reject", "comment": [tick(comments[3])], "next": LIST, "p": "2"}
        assert self.ticked(desk.post(BULK, sent).text) == {tick(comments[3])}

    @pytest.mark.parametrize("p", ["", "0", "-1", "x", "99", "9" * 400, "²"])
    def test_r13_a_page_that_is_not_there_breaks_nothing(self, desk, held, p):
        sent = {"verb": "reject", "comment": [tick(held)], "p": p}
        assert desk.post(BULK, sent).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
