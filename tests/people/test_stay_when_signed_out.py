"""What is sent without a session is not lost on a sign-in page, and an open page asks who is there (R07)."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import NON_FIELD_ERRORS
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from demo.cast import DEMO_PASSWORD
from dialogue.models import Comment
from people.models import UserSession
from portal.models import Topic

SCRIPT = {"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
WORDS = "Ce que quelqu’un a écrit longuement."


def ask(client: Client) -> tuple[int, dict]:
    answer = client.get(reverse("tell_session"), headers=SCRIPT)
    return answer.status_code, answer.json()


class TestAsk:
    """Who is signed in by now, and with which token forms are sent."""

    def test_r07_it_says_who_is_signed_in(self, signed_in, editor):
        status, found = ask(signed_in(editor))
        assert status == HTTPStatus.OK
        assert (found["person"], found["name"], found["may_enter"]) == (editor.pk, editor.display_name, True)

    def test_r07_the_token_is_one_that_the_check_takes(self, editor, site):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        _status, found = ask(client)
        sign_out = reverse("end_other_sessions")
        assert client.post(sign_out).status_code == HTTPStatus.FORBIDDEN
        answer = client.post(sign_out, {"csrfmiddlewaretoken": found["token"]})
        assert answer.status_code == HTTPStatus.FOUND

    def test_r07_nobody_is_told_so(self, client, site):
        assert ask(client) == (HTTPStatus.UNAUTHORIZED, {"error": "signed_out"})

    def test_r07_a_first_step_is_not_a_sign_in(self, client, editor):
        TOTP.activate(editor, generate_totp_secret())
        client.post(reverse("account_login"), {"login": editor.username, "password": DEMO_PASSWORD})
        assert ask(client)[0] == HTTPStatus.UNAUTHORIZED

    def test_r07_somebody_without_the_admin_may_not_enter(self, signed_in, employee):
        assert ask(signed_in(employee))[1]["may_enter"] is False

    def test_r07_somebody_who_needs_a_second_step_may_not_enter_yet(self, signed_in, editor, settings):
        settings.REQUIRE_MFA = True
        assert ask(signed_in(editor))[1]["may_enter"] is False

    def test_r07_asking_is_a_sign_of_life_and_prolongs_no_working_day(self, signed_in, editor):
        client = signed_in(editor)
        before = UserSession.objects.get()
        begun = before.started_at
        UserSession.objects.update(seen_at=timezone.now() - timedelta(minutes=29))
        assert ask(client)[0] == HTTPStatus.OK
        session = UserSession.objects.get()
        assert session.seen_at > timezone.now() - timedelta(minutes=1)
        assert session.started_at == begun
        UserSession.objects.update(started_at=timezone.now() - UserSession.lifetime())
        assert ask(client)[0] == HTTPStatus.UNAUTHORIZED

    def test_r07_whoever_signs_in_again_is_led_back_to_their_words(self, client, editor):
        address = reverse("tell_session")
        way_in = client.get(address)["Location"]
        answer = client.post(way_in, {"login": editor.username, "password": DEMO_PASSWORD})
        assert answer["Location"] == address
        page = client.get(address)
        assert gettext("You are signed in again") in page.text
        assert "no-store" in page["Cache-Control"]

    def test_r07_without_the_admin_there_is_no_such_page(self, signed_in, employee):
        answer = signed_in(employee).get(reverse("tell_session"))
        assert answer["Location"] == reverse("wagtailadmin_home")


class TestSend:
    """Nobody is led away from what they sent."""

    @pytest.fixture
    def address(self, article) -> str:
        topic = Topic.objects.create(name="Horaires", locale=article.locale)
        return reverse(topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])

    def test_r07_a_form_of_the_admin_gets_its_words_back(self, client, address):
        answer = client.post(address, {"name": WORDS, "slug": "un", "password": "quatre lanternes bleues"})
        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert gettext("You are signed out") in answer.text
        assert WORDS in answer.text
        assert "lanternes" not in answer.text
        assert answer["Cache-Control"] == "no-store"
        assert not Topic.objects.filter(name=WORDS).exists()

    def test_r07_so_does_one_of_the_site(self, client, site):
        """Whoever was changing a comment, with an account or by a link, may go on either way."""
        answer = client.post(reverse("edit_own_comment", args=["00000000000000000000"]), {"text": "Oui"})
        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert "Oui</textarea>" in answer.text
        assert f'href="{reverse("personal_page")}"' in answer.text

    @pytest.mark.parametrize("headers", [SCRIPT, {"sec-fetch-dest": "empty"}])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_r07_a_script_in_the_admin_is_told_by_the_status(self, client, address, headers, method):
        answer = getattr(client, method)(address, headers=headers)
        assert (answer.status_code, answer.json()) == (HTTPStatus.UNAUTHORIZED, {"error": "signed_out"})

    def test_r07_whoever_follows_a_link_is_led_to_the_sign_in(self, client, address):
        assert client.get(address)["Location"].startswith(reverse("account_login"))

    def test_r07_somebody_signed_in_who_may_not_is_refused_as_ever(self, signed_in, employee, address):
        answer = signed_in(employee).post(address, {"name": WORDS}, headers=SCRIPT)
        assert answer.status_code == HTTPStatus.FORBIDDEN

    def test_r07_a_form_that_is_too_old_gives_its_words_back(self, editor, address):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        answer = client.post(address, {"name": WORDS})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert WORDS in answer.text


class TestComment:
    """A comment begun by somebody signed in is not sent as anybody else."""

    @pytest.fixture
    def send(self, article):
        def send_it(client: Client, **fields: object):
            ticket = client.get(reverse("issue_ticket", args=[article.pk])).json()
            fields = {"text": WORDS, "ticket_key": ticket["key"], "ticket_time": ticket["time"], **fields}
            return client.post(reverse("create_comment", args=[article.pk]), fields)

        return send_it

    def test_r07_as_the_one_who_wrote_it(self, signed_in, employee, send):
        assert send(signed_in(employee), speaker=employee.pk).status_code == HTTPStatus.SEE_OTHER
        assert Comment.objects.get(text=WORDS).participant.user == employee

    def test_r07_not_as_a_guest(self, client, employee, send):
        answer = send(client, speaker=employee.pk, name="Maude", email="maude@example.org")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert WORDS in answer.text
        assert answer.context["form"].has_error(NON_FIELD_ERRORS, "speaker")
        assert not Comment.objects.filter(text=WORDS).exists()

    def test_r07_not_as_somebody_else_who_has_signed_in_since(self, signed_in, employee, editor, send):
        client = signed_in(editor)
        answer = send(client, speaker=employee.pk)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert editor.display_name in answer.context["form"].non_field_errors()[0]
        assert f'name="speaker" value="{editor.pk}"' in answer.text
        assert send(client, speaker=editor.pk).status_code == HTTPStatus.SEE_OTHER

    def test_r07_the_page_says_who_speaks(self, signed_in, employee, article):
        page = signed_in(employee).get(article.get_url()).text
        assert f'name="speaker" value="{employee.pk}"' in page

    def test_r07_a_guest_is_nobody_in_particular(self, client, article):
        assert 'name="speaker"' not in client.get(article.get_url()).text

    def test_r07_where_nothing_may_be_told_the_way_back_is(self, client, internal_dialogue):
        """Without a session an internal page is none: whoever wrote there learns how to go on."""
        told = gettext(
            "If you were signed in, your session may have ended: sign in in another tab, "
            "then go back and send your text again."
        )
        for page in (internal_dialogue.pk, internal_dialogue.pk + 1000):
            answer = client.post(reverse("preview_comment", args=[page]), {"text": WORDS})
            assert answer.status_code == HTTPStatus.NOT_FOUND
            html = answer.content.decode()
            assert WORDS in html
            assert told in html
            assert f'href="{reverse("account_login")}"' in html
        assert told not in client.get(reverse("preview_comment", args=[page])).content.decode()
        assert told not in client.get("/fr/rien/").content.decode()
