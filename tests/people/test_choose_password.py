"""A forgotten password is replaced by mail; a known one is changed."""

import re
from http import HTTPStatus

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from demo.cast import DEMO_PASSWORD
from mail.actions import process_mail
from mail.models import MailStatus, OutgoingMail

NEW_PASSWORD = "quatre lanternes sur le quai"


def ask(client: Client, email: str):
    """Ask for a link, and let what waits be sent."""
    answer = client.post(reverse("account_reset_password"), {"email": email})
    process_mail()
    return answer


def link_in(message) -> str:
    return re.search(rf"{settings.WAGTAILADMIN_BASE_URL}(/\S+)", message.body)[1]


def choose(client: Client, link: str, password: str = NEW_PASSWORD):
    """Follow the link and fill its form in."""
    landed = client.get(link, follow=True)
    action = landed.redirect_chain[-1][0] if landed.redirect_chain else link
    return client.post(action, {"password1": password, "password2": password})


class TestReset:
    """Asked by anybody, answered to the address alone."""

    @pytest.mark.parametrize(("language", "word"), [("fr", "fr"), ("en", "en")])
    def test_the_link_comes_in_the_persons_language(self, client, employee, language, word):
        employee.language = language
        employee.save()
        ask(client, employee.email)
        (message,) = mail.outbox
        assert message.to == [employee.email]
        assert link_in(message).startswith(f"/{word}/account/password/reset/key/")
        assert "\n" not in message.subject

    def test_a_new_password_signs_in_and_the_old_one_does_not(self, client, employee):
        ask(client, employee.email.upper())
        answer = choose(Client(), link_in(mail.outbox[0]))
        assert answer.status_code == HTTPStatus.FOUND
        login = reverse("account_login")
        assert "form" in client.post(login, {"login": employee.username, "password": DEMO_PASSWORD}).context
        assert client.post(login, {"login": employee.username, "password": NEW_PASSWORD}).status_code == 302

    def test_the_link_works_once(self, client, employee):
        ask(client, employee.email)
        choose(Client(), link_in(mail.outbox[0]))
        again = Client().get(link_in(mail.outbox[0]), follow=True)
        assert again.context["token_fail"]

    def test_opening_the_link_changes_nothing(self, client, employee):
        ask(client, employee.email)
        for _scan in range(3):
            Client().get(link_in(mail.outbox[0]), follow=True)
            Client().head(link_in(mail.outbox[0]))
        employee.refresh_from_db()
        assert employee.check_password(DEMO_PASSWORD)

    def test_the_key_is_not_in_the_address_of_the_form(self, client, employee):
        ask(client, employee.email)
        link = link_in(mail.outbox[0])
        landed = Client().get(link, follow=True)
        assert landed.redirect_chain[-1][0] != link
        assert landed.redirect_chain[-1][0].endswith("-set-password/")

    def test_without_a_mail_server_the_answer_is_the_same_and_the_message_waits(
        self, client, employee, no_mail_server, caplog
    ):
        answer = ask(client, employee.email)
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"] == reverse("account_reset_password_done")
        (record,) = (record for record in caplog.records if record.name == "mail.actions.delivery")
        assert employee.email not in record.getMessage()
        assert OutgoingMail.objects.get().status == MailStatus.QUEUED

    @pytest.mark.parametrize("who", ["unknown", "former_employee"])
    def test_who_has_no_account_is_answered_alike_and_not_written_to(self, client, employee, who, request):
        email = "nobody@example.org" if who == "unknown" else request.getfixturevalue(who).email
        answers = [ask(Client(), email), ask(Client(), employee.email)]
        assert {answer.status_code for answer in answers} == {HTTPStatus.FOUND}
        assert {answer["Location"] for answer in answers} == {reverse("account_reset_password_done")}
        assert [message.to for message in mail.outbox] == [[employee.email]]

    def test_a_disabled_account_cannot_use_an_earlier_link(self, client, employee):
        ask(client, employee.email)
        employee.is_active = False
        employee.save()
        assert Client().get(link_in(mail.outbox[0])).context["token_fail"]
        employee.refresh_from_db()
        assert employee.check_password(DEMO_PASSWORD)

    @pytest.mark.parametrize("password", ["short", "123456789012345", "isaac", ""])
    def test_a_weak_password_is_refused(self, client, employee, password):
        ask(client, employee.email)
        answer = choose(Client(), link_in(mail.outbox[0]), password)
        assert answer.context["form"].errors
        employee.refresh_from_db()
        assert employee.check_password(DEMO_PASSWORD)

    @pytest.mark.parametrize("email", ["", "x", "a@b\r\nBcc: evil@example.org"])
    def test_nonsense_in_place_of_an_address_is_refused(self, client, employee, email):
        answer = ask(client, email)
        assert answer.context["form"].errors
        assert not mail.outbox

    def test_r31_one_address_gets_three_messages_a_day(self, employee):
        for number in range(10):
            ask(Client(REMOTE_ADDR=f"192.0.2.{number}"), employee.email)
        assert len(mail.outbox) == 3

    def test_a_made_up_link_says_that_it_does_not_work(self, client, site):
        for link in (
            "/fr/account/password/reset/key/1-abc/",
            "/fr/account/password/reset/key/zzz-set-password/",
        ):
            assert client.get(link).context["token_fail"]

    def test_a_former_address_gets_no_mail(self, client, employee):
        old = employee.email
        client.post(reverse("account_login"), {"login": old, "password": DEMO_PASSWORD})
        employee.email = "isaac.nouveau@example.org"
        employee.save()
        ask(Client(), old)
        assert not mail.outbox


class TestChange:
    """Signed in, with the password one has."""

    def change(self, client, old, new=NEW_PASSWORD):
        data = {"oldpassword": old, "password1": new, "password2": new}
        return client.post(reverse("account_change_password"), data)

    def test_it_changes_and_stays_signed_in(self, signed_in, employee):
        client = signed_in(employee)
        assert self.change(client, DEMO_PASSWORD)["Location"] == reverse("account_preferences")
        employee.refresh_from_db()
        assert employee.check_password(NEW_PASSWORD)
        assert client.get(reverse("account_preferences")).status_code == HTTPStatus.OK

    def test_a_wrong_old_password_is_refused(self, signed_in, employee):
        assert self.change(signed_in(employee), "wrong").context["form"].errors
        employee.refresh_from_db()
        assert employee.check_password(DEMO_PASSWORD)

    def test_a_stranger_is_sent_to_sign_in(self, client, site):
        assert client.get(reverse("account_change_password"))["Location"].startswith(reverse("account_login"))

    def test_get_shows_the_form(self, signed_in, employee):
        assert signed_in(employee).get(reverse("account_change_password")).status_code == HTTPStatus.OK


class TestPreferences:
    """The language in which we write to somebody."""

    def test_it_is_kept_and_the_page_answers_in_it(self, signed_in, employee):
        answer = signed_in(employee).post(
            reverse("account_preferences"), {"language": "en", "mail_replies": "never"}
        )
        assert answer["Location"].startswith("/en/")
        employee.refresh_from_db()
        assert employee.language == "en"

    @pytest.mark.parametrize("language", ["", "de", "fr\x00"])
    def test_a_language_we_do_not_speak_is_refused(self, signed_in, employee, language):
        answer = signed_in(employee).post(
            reverse("account_preferences"), {"language": language, "mail_replies": "never"}
        )
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        employee.refresh_from_db()
        assert employee.language in {"fr", "en"}

    def test_nothing_else_can_be_set(self, signed_in, employee):
        data = {"language": "fr", "mail_replies": "never", "role_label_fr": "Director"}
        data |= {"is_superuser": "on", "email": "x@example.org"}
        signed_in(employee).post(reverse("account_preferences"), data)
        before = (employee.role_label, employee.is_superuser, employee.email)
        employee.refresh_from_db()
        assert (employee.role_label, employee.is_superuser, employee.email) == before

    def test_a_stranger_is_sent_to_sign_in(self, client, site):
        assert client.get(reverse("account_preferences"))["Location"].startswith(reverse("account_login"))
        assert client.post(reverse("account_preferences")).status_code == HTTPStatus.UNAUTHORIZED
