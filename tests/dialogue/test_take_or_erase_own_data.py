"""A guest takes along what is kept about them, or has it erased, on the page that a mailed link opens."""

import json
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from dialogue import links
from dialogue.models import Comment, CommentStatus
from mail.actions import make_link, process_mail
from mail.models import OutgoingMail
from people.models import Device, Participant
from privacy.models import Erasure
from tests.privacy.test_erase_person import places_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ADDRESS = "camille@example.org"
WORDS = "canari-4714 : les bancs manquent."
DONE = "/fr/data/erased/"


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, email=ADDRESS, may_quote=True, tell_replies=True)


@pytest.fixture
def visitor(comment) -> Client:
    """Camille's browser, in which the page is open."""
    client = Client()
    token = make_link(comment.participant, links.PERSONAL)
    assert client.post(reverse("open_personal_page", args=[token])).status_code == HTTPStatus.SEE_OTHER
    return client


def last_word(browser: Client) -> str:
    """Return what the page that asks once more hands back with the button."""
    return browser.get(reverse("erase_own_data")).context["form"]["person"].value()


def erase(browser: Client, **more: str):
    return browser.post(reverse("erase_own_data"), more or {"person": last_word(browser), "is_sure": "on"})


class TestTake:
    @pytest.mark.parametrize(("kind", "start"), [("json", b"{"), ("csv", b"PK"), ("bogus", b"{")])
    def test_a_guest_gets_all_of_it(self, visitor, kind, start):
        answer = visitor.post(reverse("download_own_page_data"), {"format": kind})
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        if start == b"{":
            tables = json.loads(answer.content)
            assert tables["comments"][0]["text"] == WORDS
            assert tables["participant"][0]["email"] == ADDRESS
            assert tables["devices"]
            assert tables["mail_links"]

    def test_it_holds_nothing_that_grants_access(self, visitor, comment):
        """T17: neither tokens nor their digests."""
        text = visitor.post(reverse("download_own_page_data")).content.decode()
        device = Device.objects.get(participant=comment.participant)
        assert device.digest not in text
        assert comment.status_token_digest not in text
        assert comment.participant.mail_key not in text

    def test_nobody_else_gets_it(self, client, comment):
        answer = client.post(reverse("download_own_page_data"))
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.SEE_OTHER, reverse("personal_page"))

    def test_t16_looking_hands_out_nothing(self, visitor):
        assert visitor.get(reverse("download_own_page_data")).status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestErase:
    def test_t16_looking_says_what_goes_and_erases_nothing(self, visitor, comment):
        answer = visitor.get(reverse("erase_own_data"))
        assert answer.status_code == HTTPStatus.OK
        assert "no-store" in answer["Cache-Control"]
        comment.refresh_from_db()
        assert comment.text == WORDS
        assert not Erasure.objects.exists()

    def test_it_is_not_done_before_the_box_is_ticked(self, visitor, comment):
        answer = erase(visitor, person=last_word(visitor))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "is_sure" in answer.context["form"].errors
        assert not Erasure.objects.exists()

    def test_everything_goes_and_the_browser_knows_nobody(self, visitor, comment, article, client):
        answer = erase(visitor)
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.SEE_OTHER, DONE)
        assert not visitor.cookies["guest"].value
        comment.refresh_from_db()
        assert (comment.status, comment.text) == (CommentStatus.ERASED, "")
        assert not Participant.objects.filter(email=ADDRESS).exists()
        assert not Device.objects.exists()
        assert WORDS not in client.get(article.url).content.decode()
        assert visitor.get(DONE).status_code == HTTPStatus.OK

    def test_the_second_time_says_that_it_is_done(self, visitor, comment):
        person = last_word(visitor)
        erase(visitor)
        erased_at = Erasure.objects.get().erased_at
        again = erase(visitor, person=person, is_sure="on")
        assert (again.status_code, again["Location"]) == (HTTPStatus.SEE_OTHER, DONE)
        assert Erasure.objects.get().erased_at == erased_at

    @pytest.mark.parametrize("person", ["", "x", "pk:1", "pk:1:x"])
    def test_t12_what_is_not_signed_by_us_says_nothing(self, client, comment, person):
        answer = erase(client, person=person, is_sure="on")
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.SEE_OTHER, reverse("personal_page"))
        assert not Erasure.objects.exists()

    def test_t12_the_last_word_of_one_guest_erases_no_other(self, visitor, article, say):
        other = say(article, "Autre.", email="other@example.org").participant
        stranger = Client()
        stranger.post(reverse("open_personal_page", args=[make_link(other, links.PERSONAL)]))
        erase(stranger, person=last_word(visitor), is_sure="on")
        assert Erasure.objects.get().participant == other

    def test_t32_another_site_erases_nobody(self, visitor, comment):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = visitor.cookies
        assert erase(careful, person=last_word(visitor), is_sure="on").status_code == HTTPStatus.FORBIDDEN
        assert not Erasure.objects.exists()

    def test_f33_a_message_that_waits_is_not_sent(self, visitor, comment, article, say, mailoutbox):
        say(article, "Réponse.", parent=comment)
        assert OutgoingMail.objects.filter(participant=comment.participant).exists()
        mailoutbox.clear()
        erase(visitor)
        process_mail()
        assert not mailoutbox

    @pytest.mark.django_db(transaction=True)
    def test_g19_the_button_leaves_nothing_in_the_database(self, visitor, comment, article, say):
        say(article, "Réponse.", parent=comment)
        assert set(places_of((WORDS, ADDRESS)))
        erase(visitor)
        assert not set(places_of((WORDS, ADDRESS)))

    def test_the_page_that_says_so_is_the_same_for_everybody(self, client, site):
        answer = client.get(DONE)
        assert answer.status_code == HTTPStatus.OK
        assert not answer.cookies
        assert answer["X-Robots-Tag"] == "noindex"
