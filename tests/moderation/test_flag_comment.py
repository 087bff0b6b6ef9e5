"""A reader flags a comment, without an account or a script: once, and only moderators learn who did."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from demo.factories.people import verify_guest
from dialogue.actions import publish_comment, withdraw_comment
from dialogue.models import Comment
from dialogue.tickets import issue_ticket
from mail.models import OutgoingMail
from moderation.actions import FlagAnswered, Notice, flag_comment, keep_comment, tell_moderators
from moderation.mail import WAITING
from moderation.models import FLAG_TEXT_MAX_LENGTH, Flag, WaitingNotice
from people.models import Participant
from tests.speech import browser_of

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
ILLEGAL = {
    "reason_code": "illegal",
    "law": "C’est un discours haineux.",
    "is_in_good_faith": "on",
    "name": "Camille Roy",
    "email": ADDRESS,
}


@pytest.fixture
def comment(article, receive) -> Comment:
    comment = receive(article, "Ce mot blesse.", name="Zoé", email="zoe@example.org")
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    WaitingNotice.objects.all().delete()  # to moderators, that it waits
    return comment


@pytest.fixture
def inside(internal_dialogue, receive, employee) -> Comment:
    comment = receive(internal_dialogue, "SECRET", user=employee)
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    return comment


def told_of_waiting() -> QuerySet[OutgoingMail]:
    tell_moderators()
    return OutgoingMail.objects.filter(kind=WAITING)


def address_of(comment: Comment) -> str:
    return reverse("flag_comment", args=[comment.public_id])


def fields(comment: Comment, age: timedelta = timedelta(minutes=1), **more: str) -> dict[str, str]:
    with time_machine.travel(timezone.now() - age, tick=False):
        ticket = issue_ticket(f"flag-{comment.pk}")
    return {"reason_code": "attack", "ticket_key": ticket.key, "ticket_time": ticket.time, **more}


def flag(client: Client, comment: Comment, **more: str) -> HttpResponse:
    return client.post(address_of(comment), fields(comment, **more))


class TestFlag:
    def test_a_stranger_flags_and_is_thanked(self, client, comment, moderator):
        assert client.get(address_of(comment)).status_code == HTTPStatus.OK
        answer = flag(client, comment, text="Des insultes.")
        assert answer.status_code == 303
        assert not answer.cookies
        assert comment.author_name not in client.get(answer["Location"]).content.decode()
        row = Flag.objects.get()
        assert (row.comment, row.comment_version, row.reason_code, row.text) == (
            comment,
            1,
            "attack",
            "Des insultes.",
        )
        assert (row.state, row.participant, row.name, row.email, row.signals) == ("open", None, "", "", [])
        assert row.language == "fr"
        assert told_of_waiting().get().participant.user == moderator

    def test_somebody_signed_in_is_known(self, comment, employee, signed_in):
        client = signed_in(employee)
        body = client.get(address_of(comment)).content.decode()
        assert 'name="email"' not in body.split("<main")[1]
        assert flag(client, comment).status_code == 303
        assert Flag.objects.get().participant.user == employee

    def test_so_is_a_guest_whose_browser_is_trusted(self, comment):
        guest = verify_guest("Camille", ADDRESS)
        assert flag(browser_of(guest), comment).status_code == 303
        assert Flag.objects.get().participant == guest

    def test_looking_writes_nothing_and_gives_no_cookie(self, client, comment, employee, signed_in):
        for browser in (client, signed_in(employee)):
            answer = browser.get(address_of(comment))
            assert "no-store" in answer["Cache-Control"]
            assert answer["X-Robots-Tag"] == "noindex"
        assert not client.get(address_of(comment)).cookies
        assert not Flag.objects.exists()
        assert not Participant.objects.filter(user=employee).exists()

    def test_the_comment_has_a_link_to_it_for_everybody(self, client, comment):
        assert f'href="{address_of(comment)}"' in client.get(comment.page.get_url()).content.decode()

    def test_illegal_content_with_all_that_it_needs(self, client, comment):
        assert flag(client, comment, **ILLEGAL, wants_result="on").status_code == 303
        row = Flag.objects.get()
        assert (row.law, row.is_in_good_faith, row.name, row.email, row.wants_result) == (
            ILLEGAL["law"],
            True,
            "Camille Roy",
            ADDRESS,
            True,
        )

    def test_about_sexual_abuse_of_children_nobody_need_say_who_they_are(self, client, comment):
        sent = {name: value for name, value in ILLEGAL.items() if name not in {"name", "email"}}
        assert flag(client, comment, **sent, concerns_children="on", place="« blesse »").status_code == 303
        row = Flag.objects.get()
        assert (row.name, row.email, row.concerns_children, row.place) == ("", "", True, "« blesse »")

    def test_somebody_known_need_not_say_who_they_are(self, comment, employee, signed_in):
        sent = {name: value for name, value in ILLEGAL.items() if name not in {"name", "email"}}
        assert flag(signed_in(employee), comment, **sent).status_code == 303

    def test_an_employee_flags_what_is_internal(self, inside, outsider_employee, signed_in, moderator):
        assert flag(signed_in(outsider_employee), inside).status_code == 303
        assert told_of_waiting().exists()


class TestRefused:
    @pytest.mark.parametrize("missing", ["law", "is_in_good_faith", "name", "email"])
    def test_illegal_content_without_what_it_needs(self, client, comment, missing):
        sent = {name: value for name, value in ILLEGAL.items() if name != missing}
        answer = flag(client, comment, **sent, text="Tout est là.")
        assert answer.status_code == 422
        body = answer.content.decode()
        assert f'href="#id_{missing}"' in body
        assert "Tout est là." in body
        assert not Flag.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "name"),
        [
            ({"reason_code": ""}, "reason_code"),
            ({"reason_code": "dislike"}, "reason_code"),
            ({"reason_code": "other"}, "text"),
            ({"reason_code": "other", "text": "\u200b \u2800"}, "text"),
            ({"text": "x" * (FLAG_TEXT_MAX_LENGTH + 1)}, "text"),
            ({"text": "a\x00b"}, "text"),
            ({"email": "camille@"}, "email"),
            ({"wants_result": "on"}, "email"),
        ],
    )
    def test_f21_what_is_wrong_is_named_and_nothing_is_lost(self, client, comment, sent, name):
        answer = flag(client, comment, **{"law": "La loi du fleuve.", **sent})
        assert answer.status_code == 422
        assert f'href="#id_{name}' in answer.content.decode()
        assert "La loi du fleuve." in answer.content.decode()
        assert not Flag.objects.exists()

    @pytest.mark.parametrize("age", [timedelta(hours=25)])
    def test_a_form_that_was_open_for_too_long_asks_to_send_again(self, client, comment, age):
        answer = client.post(address_of(comment), fields(comment, age, text="Encore là."))
        assert answer.status_code == 422
        assert "Encore là." in answer.content.decode()

    def test_a_ticket_of_another_form_is_none(self, client, comment, inside):
        for ticket in (issue_ticket(comment.pk), issue_ticket(f"flag-{inside.pk}")):
            sent = {"reason_code": "attack", "ticket_key": ticket.key, "ticket_time": ticket.time}
            assert client.post(address_of(comment), sent).status_code == 422
        assert client.post(address_of(comment), {"reason_code": "attack"}).status_code == 422
        assert not Flag.objects.exists()

    def test_ones_own_comment_can_be_withdrawn_not_flagged(self, comment, signed_in, inside, employee):
        author = browser_of(comment.participant)
        assert author.get(address_of(comment)).status_code == 200
        assert 'name="reason_code"' not in author.get(address_of(comment)).content.decode()
        assert flag(author, comment).status_code == 403
        assert flag(signed_in(employee), inside).status_code == 403
        with pytest.raises(PermissionDenied):
            flag_comment(comment, Notice("attack", user=employee, participant=comment.participant))
        assert not Flag.objects.exists()

    def test_t18_a_typed_address_does_not_tell_whose_the_comment_is(self, client, comment):
        with time_machine.travel(timezone.now(), tick=False):
            theirs = flag(client, comment, email=comment.participant.email)
            other = flag(Client(), comment, email="nobody@example.org")
        for answer in (theirs, other):
            answer.headers.pop("X-Request-ID")
        assert (theirs.status_code, theirs.headers) == (other.status_code, other.headers)

    def test_t07_what_may_not_be_read_cannot_be_flagged_and_looks_as_if_it_were_not_there(
        self, client, comment, inside, held
    ):
        withdrawn = comment
        withdraw_comment(withdrawn, by=withdrawn.participant)
        missing = reverse("flag_comment", args=["abc"])
        addresses = [address_of(inside), address_of(held), address_of(withdrawn), missing]
        for address in addresses:
            assert client.get(address).status_code == 404
            assert client.post(address, fields(inside)).status_code == 404
        thanks = {client.get(f"{address}sent/").status_code for address in addresses}
        assert thanks == {200}
        with pytest.raises(PermissionDenied):
            flag_comment(inside, Notice("attack", user=client.get("/fr/").wsgi_request.user))
        assert not Flag.objects.exists()

    def test_t07_the_thanks_are_the_same_for_what_may_not_be_read_and_for_what_never_was(
        self, client, inside
    ):
        first = client.get(reverse("show_flag_sent", args=[inside.public_id])).content.decode()
        second = client.get(reverse("show_flag_sent", args=["z" * 12])).content.decode()
        assert first.replace(inside.public_id, "z" * 12).split("<main")[1] == second.split("<main")[1]

    def test_t32_what_another_site_sends_is_refused(self, client, comment, employee, signed_in):
        foreign = {"Origin": "https://evil.example"}
        assert client.post(address_of(comment), fields(comment), headers=foreign).status_code == 403
        strict = Client(enforce_csrf_checks=True)
        strict.cookies.update(signed_in(employee).cookies)
        assert flag(strict, comment).status_code == 403
        assert not Flag.objects.exists()

    def test_the_thanks_are_only_looked_at(self, client, comment):
        assert client.post(reverse("show_flag_sent", args=[comment.public_id])).status_code == 405


@pytest.mark.database
class TestTwice:
    def test_the_same_answer_and_one_row(self, client, comment, moderator):
        first, second = flag(client, comment), flag(client, comment, reason_code="off_topic")
        assert first["Location"] == second["Location"]
        assert Flag.objects.get().reason_code == "attack"
        assert told_of_waiting().count() == 1

    def test_each_person_once(self, client, comment, employee, signed_in):
        guest = verify_guest("Camille", ADDRESS)
        for browser in (client, signed_in(employee), browser_of(guest), browser_of(guest)):
            flag(browser, comment)
        flag(client, comment, email=ADDRESS)  # somebody who types her address takes nothing from her
        assert Flag.objects.count() == 4

    def test_new_words_may_be_flagged_anew(self, client, comment):
        flag(client, comment)
        Comment.objects.filter(pk=comment.pk).update(version=2)
        flag(client, comment)
        assert Flag.objects.count() == 2

    def test_the_database_holds_to_it(self, client, comment):
        flag(client, comment)
        row = Flag.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError):
            row.save(force_insert=True)


class TestSendAgain:
    """The answer was lost on the way: the same form comes again, perhaps with other words."""

    def test_r06_what_the_form_says_now_takes_the_place_of_what_it_said(self, client, comment, moderator):
        sent = fields(comment)
        for text in ("Des insultes.", "Des insultes, et une menace."):
            assert client.post(address_of(comment), {**sent, "text": text}).status_code == 303
        assert Flag.objects.get().text == "Des insultes, et une menace."
        assert told_of_waiting().count() == 1

    def test_r06_the_same_once_more_changes_nothing(self, client, comment):
        sent = fields(comment, text="Des insultes.")
        for _time in range(2):
            assert client.post(address_of(comment), sent).status_code == 303
        assert Flag.objects.count() == 1

    def test_r06_an_address_mended_is_mended(self, client, comment):
        sent = fields(comment, wants_result="on")
        for address in ("camile@example.org", ADDRESS):
            client.post(address_of(comment), {**sent, "email": address})
        assert Flag.objects.get().email == ADDRESS

    def test_r06_somebody_known_says_it_otherwise_from_another_form(self, comment, employee, signed_in):
        browser = signed_in(employee)
        for text in ("Des insultes.", "Une menace."):
            flag(browser, comment, text=text)
        assert Flag.objects.get().text == "Une menace."

    def test_r06_a_stranger_of_the_same_network_takes_nothing_from_another(self, client, comment):
        flag(client, comment, text="Des insultes.")
        flag(Client(), comment, text="Rien du tout.")
        assert Flag.objects.get().text == "Des insultes."

    def test_r06_a_moderator_who_had_the_first_before_them_dismisses_that_alone(
        self, client, comment, moderator
    ):
        sent = fields(comment)
        client.post(address_of(comment), {**sent, "text": "Des insultes."})
        seen = Flag.objects.get().pk
        client.post(address_of(comment), {**sent, "text": "Une menace."})
        assert keep_comment(comment, by=moderator, last_flag=seen) is None
        assert Flag.objects.open().get().text == "Une menace."

    def test_r06_once_it_is_answered_that_is_told_and_the_text_is_kept(self, client, comment, moderator):
        sent = fields(comment, text="Des insultes.")
        client.post(address_of(comment), sent)
        keep_comment(comment, by=moderator)
        answer = client.post(address_of(comment), {**sent, "text": "Une menace."})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Une menace." in answer.text
        assert escape(str(FlagAnswered())) in answer.text
        assert client.post(address_of(comment), sent).status_code == 303
        assert Flag.objects.get().text == "Des insultes."


class TestAbuse:
    def test_t38_a_person_has_a_limit_and_keeps_the_text(self, client, article, receive, settings):
        comments = []
        for number in range(settings.PERSON_FLAGS[0] + 1):
            comment = receive(article, f"Mot {number}.")
            publish_comment(comment, by=None)
            comments.append(comment)
        for comment in comments[:-1]:
            assert flag(client, comment).status_code == 303
        answer = flag(client, comments[-1], text="Encore.")
        assert answer.status_code == 429
        left = int(answer["Retry-After"])
        assert 0 < left <= 600
        assert "Encore." in answer.content.decode()
        with time_machine.travel(timezone.now() + timedelta(seconds=left), tick=False):
            assert flag(client, comments[-1]).status_code == 303

    def test_what_looks_like_a_machine_is_kept_and_wakes_nobody(self, client, comment, moderator, settings):
        settings.TICKET_MIN_AGE = timedelta(hours=1)
        flag(client, comment, website="https://spam.example")
        assert Flag.objects.get().signals == ["honeypot", "too_fast"]
        assert not told_of_waiting().exists()

    def test_r34_a_network_limits_its_guests_and_nobody_who_is_signed_in(
        self, client, comment, article, receive, settings, signed_in, employee
    ):
        settings.NETWORK_FLAGS = (2, 60)
        other = receive(article, "Un autre mot.")
        publish_comment(other, by=None)
        for email in ("p1@example.org", "p2@example.org"):
            flag(client, comment, name="Zoé", email=email)
        assert flag(client, comment, name="Zoé", email="p3@example.org").status_code == 429
        assert flag(signed_in(employee), comment).status_code == 303
        settings.NETWORK_FLAGS = (3, 60)
        flag(signed_in(employee), other)
        assert flag(client, other, name="Zoé", email="p4@example.org").status_code == 303
