"""Somebody sends the same comment again, from another form."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from demo.factories.people import verify_guest
from dialogue.actions import (
    AlreadySaid,
    hide_comment,
    publish_comment,
    reject_comment,
    status_token,
    withdraw_comment,
)
from dialogue.actions.repetitions import fold
from dialogue.models import Comment, CommentStatus
from people.models import User
from tests.speech import browser_of

WORDS = "Les bancs manquent à l’abri du vent."
ADDRESS = "camille@example.org"
# The same words, as somebody types them again; and others.
SAME = [
    WORDS.upper(),
    WORDS.lower(),
    WORDS.title(),
    f"  {WORDS}",
    f"{WORDS}\n\n",
    WORDS.replace(" ", "  "),
    WORDS.replace(" ", "\n"),
    WORDS.replace(" ", "\r\n"),
    WORDS.replace(" ", "\t"),
    WORDS.replace(" ", "\u00a0"),
    WORDS.replace(" ", "\u202f"),
    WORDS.replace("à", "a\u0300"),
    WORDS.replace("à", "À"),
    WORDS.replace("bancs", "ban\u200bcs"),
    WORDS.replace("a", "\ufeffa"),
    WORDS + "\u2003",
]
OTHER = [
    WORDS[:-1],
    WORDS + "..",
    WORDS.replace("à", "a"),
    WORDS.replace("’", "'"),
    WORDS.replace(" ", ""),
    WORDS.replace("bancs", "bans"),
    WORDS.replace("bancs", "*bancs*"),
    f"> {WORDS}",
    f"- {WORDS}",
    f"{WORDS} {WORDS}",
    WORDS.replace("manquent", "ne manquent pas"),
    WORDS.replace("vent", "bruit"),
    "Merci !",
    "Les bancs",
    "+1",
]


@pytest.mark.parametrize("text", SAME)
def test_r10_the_same_words(text):
    assert fold(text) == fold(WORDS)


@pytest.mark.parametrize("text", OTHER)
def test_r10_other_words(text):
    assert fold(text) != fold(WORDS)


@given(st.text())
def test_r10_capitals_and_spaces_make_no_other_words(text):
    assert fold(fold(text)) == fold(text)
    assert fold(f" {text} ".replace(" ", " \t")) == fold(text)
    assert fold(text.casefold()) == fold(text)


@pytest.fixture
def speakers(employee: User, signed_in: Callable) -> list[Client]:
    """A guest and an employee, each in their browser."""
    return [browser_of(verify_guest("Camille Roy", ADDRESS)), signed_in(employee)]


@pytest.mark.django_db
class TestTold:
    @pytest.mark.parametrize("is_published", [True, False])
    def test_r10_whoever_is_known_is_told_and_led_to_the_first(self, article, send, speakers, is_published):
        for by in speakers:
            send(article, by=by)
            comment = Comment.objects.last()
            if is_published:
                publish_comment(comment, by=None)
            comment.refresh_from_db()
            answer = send(article, by=by, text=WORDS.upper())
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert escape(str(AlreadySaid(comment))) in answer.text
            assert escape(WORDS.upper()) in answer.text
            place = comment.get_absolute_url()
            if not comment.is_published:
                place = reverse("comment_status", args=[status_token(comment.idempotency_key)])
            assert f'href="{place}"' in answer.text
        assert Comment.objects.count() == len(speakers)

    def test_r10_of_one_that_came_without_our_form_their_own_page_tells(self, article, send, speakers):
        """Such a comment has no key, and so no page of its state."""
        for by in speakers:
            send(article, by=by)
            comment = Comment.objects.last()
            Comment.objects.filter(pk=comment.pk).update(idempotency_key=None, status_token_digest="")
            answer = send(article, by=by)
            known = answer.text.partition('class="comment-form__known"')[2].partition("</p>")[0]
            assert f'href="{reverse("personal_page")}"' in known
            assert by.get(reverse("personal_page")).status_code == HTTPStatus.OK

    def test_r10_by_script_the_form_comes_back_with_it(self, article, send, speakers):
        for by in speakers:
            send(article, by=by)
            by.defaults["HTTP_X_REQUESTED_WITH"] = "comment-form"
            answer = send(article, by=by)
            assert answer.status_code == HTTPStatus.OK
            assert escape(str(AlreadySaid(Comment.objects.last()))) in answer.text

    @pytest.mark.parametrize("act", [reject_comment, hide_comment])
    def test_r10_so_is_whoever_was_refused(self, article, send, speakers, act):
        for by in speakers:
            send(article, by=by)
            comment = Comment.objects.last()
            if act is hide_comment:
                publish_comment(comment, by=None)
            act(comment, by=None)
            assert send(article, by=by).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_r10_the_same_ticket_leads_where_it_led_before(self, article, send, speakers, ticket_for):
        for by in speakers:
            ticket = ticket_for(article)
            first = send(article, by=by, ticket=ticket)
            assert send(article, by=by, ticket=ticket)["Location"] == first["Location"]


@pytest.mark.django_db
class TestSaidAnew:
    """What is no repetition is taken."""

    def test_r10_elsewhere_later_or_after_it_was_withdrawn(self, article, dialogue, send, say, speakers):
        one, other = say(article, "Un mot."), say(article, "Un autre.")
        for by in speakers:
            before = Comment.objects.count()
            answers = [
                send(article, by=by),
                send(dialogue, by=by),
                send(article, by=by, parent=one.public_id),
                send(article, by=by, parent=other.public_id),
            ]
            assert {answer.status_code for answer in answers} == {HTTPStatus.SEE_OTHER}
            assert Comment.objects.count() == before + 4
            assert send(article, by=by, parent=one.public_id).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            last = Comment.objects.get(pk=Comment.objects.latest("pk").pk)
            withdraw_comment(last, by=last.participant)
            with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
                assert send(article, by=by, parent=other.public_id).status_code == HTTPStatus.SEE_OTHER
            with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
                assert send(article, by=by).status_code == HTTPStatus.SEE_OTHER

    def test_r10_for_the_organisation_after_for_oneself(self, article, send, signed_in, answerer):
        by = signed_in(answerer)
        for voice in ("self", "organisation"):
            assert send(article, by=by, voice=voice).status_code == HTTPStatus.SEE_OTHER
            assert send(article, by=by, voice=voice).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.django_db
class TestNobodyElse:
    """A stranger who types an address learns nothing of what its owner has said."""

    def test_r10_the_answer_is_the_same_whether_or_not_they_have(self, article, send, speakers):
        send(article, by=speakers[0])
        comment = Comment.objects.get()
        answers = [
            send(article, by=Client(), email=address, text=text)
            for address in (ADDRESS, "autre@example.org")
            for text in (WORDS, "Autre chose.")
        ]
        assert {answer.status_code for answer in answers} == {HTTPStatus.SEE_OTHER}
        assert comment.public_id not in "".join(answer["Location"] for answer in answers)
        assert Comment.objects.filter(status=CommentStatus.UNVERIFIED).count() == len(answers)

    def test_r10_a_browser_that_is_trusted_for_another_address_is_a_strangers(self, article, send, speakers):
        send(article, by=speakers[0])
        other = browser_of(verify_guest("Zoé", "zoe@example.org"))
        assert send(article, by=other).status_code == HTTPStatus.SEE_OTHER

    def test_r10_nor_is_the_owner_told_of_what_a_stranger_typed(self, article, send, speakers):
        send(article, by=Client())
        assert send(article, by=speakers[0]).status_code == HTTPStatus.SEE_OTHER
