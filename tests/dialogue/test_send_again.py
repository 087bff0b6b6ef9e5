"""The answer was lost on the way: the form comes again under the same ticket, perhaps with other words."""

import re
import secrets
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from itertools import count

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from demo.factories.people import verify_guest
from dialogue.actions import (
    FirstVersionArrived,
    Submission,
    confirm_comments,
    edit_comment,
    hide_comment,
    post_comment,
    publish_comment,
    reject_comment,
    withdraw_comment,
)
from dialogue.models import Comment, CommentStatus, ConversationSettings
from dialogue.origins import Origin
from dialogue.passages import Passage
from tests.speech import browser_of

pytestmark = pytest.mark.django_db

FIRST, SECOND = "Le banc est casé.", "Le banc est cassé."
ADDRESS = "camille@example.org"


def in_hidden_field(name: str, body: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', body)[1]


class TestWords:
    """Other words under the same ticket are the next version while it may still change."""

    def test_r06_of_a_guest_who_has_not_confirmed(self, article, send, ticket_for):
        ticket = ticket_for(article)
        first = send(article, ticket=ticket, text=FIRST)
        second = send(article, ticket=ticket, text=SECOND)
        assert (second.status_code, second["Location"]) == (303, first["Location"])
        comment = Comment.objects.get()
        assert (comment.text, comment.version, comment.status) == (SECOND, 2, CommentStatus.UNVERIFIED)
        assert send(article, ticket=ticket, text=SECOND)["Location"] == first["Location"]
        assert Comment.objects.get().version == 2

    def test_r06_of_somebody_signed_in_whose_comment_waits(
        self, article, send, ticket_for, signed_in, employee
    ):
        by, ticket = signed_in(employee), ticket_for(article)
        send(article, by=by, ticket=ticket, text=FIRST)
        send(article, by=by, ticket=ticket, text=SECOND, quoting="yes")
        comment = Comment.objects.get()
        assert (comment.text, comment.version) == (SECOND, 2)
        assert comment.quote_consent_version == 2

    def test_r06_what_waits_for_a_moderator_leads_to_where_it_says_so(self, article, send, ticket_for):
        guest = verify_guest("Camille Roy", ADDRESS)
        by, ticket = browser_of(guest), ticket_for(article)
        send(article, by=by, ticket=ticket, text=FIRST)
        publish_comment(Comment.objects.get(), by=None)
        Comment.objects.update(signals=["honeypot"])
        answer = send(article, by=by, ticket=ticket, text=SECOND)
        comment = Comment.objects.get()
        assert comment.waiting_revision.text == SECOND
        assert answer["Location"] == reverse("edit_own_comment", args=[comment.public_id])
        assert SECOND in by.get(answer["Location"]).text

    def test_r06_by_script_too(self, article, client, ticket_for):
        ticket = ticket_for(article)
        fields = {"name": "Camille Roy", "email": ADDRESS}
        fields |= {"ticket_key": ticket.key, "ticket_time": ticket.time}
        for text in (FIRST, SECOND):
            answer = client.post(
                reverse("create_comment", args=[article.pk]),
                {**fields, "text": text},
                headers={"x-requested-with": "comment-form"},
            )
            assert answer.status_code == HTTPStatus.CREATED
        assert Comment.objects.get().text == SECOND

    def test_r06_without_script_the_ticket_goes_from_preview_to_preview(self, client, article):
        fields = {"name": "Camille Roy", "email": ADDRESS}
        preview = reverse("preview_comment", args=[article.pk])

        def ticket_in(body: str) -> dict[str, str]:
            return {name: in_hidden_field(name, body) for name in ("ticket_key", "ticket_time")}

        ticket = ticket_in(client.post(preview, {**fields, "text": FIRST}).text)
        client.post(reverse("create_comment", args=[article.pk]), {**fields, **ticket, "text": FIRST})
        again = client.post(preview, {**fields, **ticket, "text": SECOND})
        assert ticket_in(again.text) == ticket
        client.post(reverse("create_comment", args=[article.pk]), {**fields, **ticket, "text": SECOND})
        assert Comment.objects.get().text == SECOND
        forged = client.post(preview, {**fields, **ticket, "ticket_time": "forged", "text": SECOND})
        assert ticket_in(forged.text)["ticket_key"] != ticket["ticket_key"]


class TestTooLate:
    """Where the words can no longer change, the form says so, keeps them and leads to the first version."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize("is_script", [True, False])
    def test_r06_it_is_told_and_the_text_is_kept(
        self, article, send, ticket_for, client, language, is_script
    ):
        ticket = ticket_for(article)
        if is_script:
            client.defaults["HTTP_X_REQUESTED_WITH"] = "comment-form"
        with translation.override(language):
            send(article, ticket=ticket, text=FIRST)
            comment = Comment.objects.get()
            with time_machine.travel(timezone.now() + timedelta(minutes=16)):
                answer = send(article, ticket=ticket, text=SECOND)
            assert escape(str(FirstVersionArrived(comment))) in answer.text
        assert answer.status_code == (HTTPStatus.OK if is_script else HTTPStatus.UNPROCESSABLE_ENTITY)
        assert SECOND in answer.text
        assert "/conversation/status/" in answer.text
        assert in_hidden_field("ticket_key", answer.text) != ticket.key
        comment.refresh_from_db()
        assert (comment.text, comment.version) == (FIRST, 1)
        assert send(article, ticket=ticket, text=FIRST).status_code in {201, 303}

    def test_r06_where_the_window_is_open_it_leads_to_the_form_for_changes(
        self, article, send, ticket_for, signed_in, employee
    ):
        by, ticket = signed_in(employee), ticket_for(article)
        send(article, by=by, ticket=ticket, text=FIRST)
        answer = send(article, by=by, ticket=ticket, text=SECOND, tell_me="on")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        address = reverse("edit_own_comment", args=[Comment.objects.get().public_id])
        assert f'href="{address}"' in answer.text

    def test_r06_a_browser_that_is_not_trusted_changes_nothing_that_was_confirmed(
        self, article, send, ticket_for
    ):
        ticket = ticket_for(article)
        send(article, ticket=ticket, text=FIRST)
        comment = Comment.objects.get()
        confirm_comments(comment.participant, [comment])
        assert send(article, ticket=ticket, text=FIRST).status_code == 303
        answer = send(article, ticket=ticket, text=SECOND)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "/participant/comments/" not in answer.text
        assert Comment.objects.get().text == FIRST

    def test_r06_an_earlier_version_that_comes_late_takes_the_place_of_none(self, article, send, ticket_for):
        ticket = ticket_for(article)
        for text in (FIRST, SECOND):
            send(article, ticket=ticket, text=text)
        assert send(article, ticket=ticket, text=FIRST).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert Comment.objects.get().text == SECOND


# What is another in the form that comes again, and whether the comment then reads so.
SAME = {
    "the same": {},
    "line ends": {"text": FIRST + "\r\n"},
    "a composed sign": {"text": FIRST.replace("é", "e\u0301")},
}
CHANGES = {
    "words": {"text": SECOND},
    "one letter": {"text": FIRST.lower()},
    "a tick": {"may_quote": True},
    "words and a tick": {"text": SECOND, "may_quote": True},
}
OTHERWISE = {
    "name": {"name": "Camille R."},
    "address": {"email": "camile@example.org"},
    "ask": {"may_ask": True},
    "replies": {"tell_replies": True},
    "outcomes": {"tell_outcomes": True},
    "no parent": {"parent": None},
    "no passage": {"passage": None},
    "another passage": {"passage": Passage(1, 0, 2)},
    "name and words": {"name": "Camille R.", "text": SECOND},
}
STATES = ("unverified", "held", "published", "rejected", "hidden", "withdrawn", "late", "no window")
OPEN = {"unverified", "held", "published"}


def test_r06_what_comes_again_changes_the_comment_or_is_refused_never_both_never_neither(article, site, say):
    """Eight states, sixteen ways in which the form may differ."""
    parent, numbers = say(article, "Où est le banc ?"), count()
    for state in STATES:
        ConversationSettings.objects.update_or_create(
            site=site, defaults={"edit_minutes": 0 if state == "no window" else 15}
        )
        for kind, change in {**SAME, **CHANGES, **OTHERWISE}.items():
            first = Submission(
                FIRST,
                secrets.token_hex(16),
                AnonymousUser(),
                "Camille",
                f"c{next(numbers)}@example.org",
                origin=Origin(is_verified=state != "unverified"),
                parent=parent,
                passage=Passage(1, 0, 5),
                submitted_at=timezone.now() - timedelta(minutes=20 if state == "late" else 0),
            )
            comment = post_comment(article, first)
            bring_to(comment, state)
            before = Comment.objects.filter(pk=comment.pk).values().get()
            again = replace(first, **change)
            if kind in SAME:
                assert post_comment(article, again) == comment, (state, kind)
                assert Comment.objects.filter(pk=comment.pk).values().get() == before, (state, kind)
            elif kind in CHANGES and state in OPEN:
                assert post_comment(article, again) == comment, (state, kind)
                comment.refresh_from_db()
                latest = comment.waiting_revision or comment
                assert latest.text == again.text, (state, kind)
                agreed = (
                    latest.may_quote if comment.waiting_version else comment.quote_consented_at is not None
                )
                assert agreed == again.may_quote, (state, kind)
            else:
                with pytest.raises(FirstVersionArrived):
                    post_comment(article, again)
                assert Comment.objects.filter(pk=comment.pk).values().get() == before, (state, kind)


def bring_to(comment: Comment, state: str) -> None:
    if state in {"published", "hidden"}:
        publish_comment(comment, by=None)
    if state == "hidden":
        hide_comment(comment, by=None)
    elif state == "rejected":
        reject_comment(comment, by=None)
    elif state == "withdrawn":
        withdraw_comment(comment, by=comment.participant)


def test_r06_what_its_author_took_back_since_stays_taken_back(article, receive):
    key = secrets.token_hex(16)
    comment = receive(article, FIRST, email=ADDRESS, key=key, may_quote=True)
    edit_comment(comment, FIRST, by=comment.participant, may_quote=False)
    assert receive(article, FIRST, email=ADDRESS, key=key, may_quote=True) == comment
    assert Comment.objects.get().quote_consented_at is None
