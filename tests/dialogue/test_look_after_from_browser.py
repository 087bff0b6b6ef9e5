"""What a guest sees and does on their page in a trusted device, without a new message."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from demo.factories.people import verify_guest
from dialogue import links
from dialogue.actions import follow_conversation
from dialogue.models import Comment, CommentStatus, FollowSubject
from mail.actions import make_link, process_mail
from mail.models import ChoicePlace, MailLink
from people.actions import revoke_device
from people.models import Device, Participant
from tests.speech import browser_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ADDRESS, PAGE = "camille@example.org", "/fr/conversation/participant/"
WORDS = "Les bancs manquent à l’abri du vent."
LATER = timedelta(minutes=16)  # the time for changes is over


@pytest.fixture
def guest(site) -> Participant:
    return verify_guest("Camille Roy", ADDRESS)


@pytest.fixture
def browser(guest) -> Client:
    """A device that is trusted for Camille's address, and in which no page is open."""
    return browser_of(guest)


@pytest.fixture
def sent(browser, send, article) -> Comment:
    """What Camille sent from that browser."""
    assert send(article, by=browser, text=WORDS).status_code == HTTPStatus.SEE_OTHER
    return Comment.objects.get()


def says(html: str, sentence: str, **values: str) -> bool:
    """Whether the page says the sentence, in its own language."""
    with translation.override("fr"):
        return escape(_(sentence) % values) in html


class TestTrustedBrowser:
    """What a guest does without a new message, and what waits for one: the browser may be shared."""

    def test_r16_t40_it_shows_what_was_sent_from_it_alone(self, browser, sent, article, say, guest):
        say(article, "Dit d’ailleurs.", email=ADDRESS, name="Camille Roy")
        follow_conversation(FollowSubject(article), by=guest, place=ChoicePlace.FOLLOW)
        html = browser.get(PAGE).content.decode()
        assert WORDS in html
        assert "Dit d’ailleurs." not in html
        assert ADDRESS not in html
        for part in ("mail", "follows", "consents", "data"):
            assert f'id="{part}"' not in html

    def test_r16_what_was_confirmed_in_it_stands_there_and_stays(self, client, send, article):
        for number in range(2):  # the second confirmation brings a new cookie for the same browser
            send(article, by=Client(), text=f"Numéro {number}")
            process_mail()
            link = re.search(r"(/\w\w/conversation/confirm/\w+/)", mail.outbox[-1].body)[1]
            client.post(link, {"comments": [Comment.objects.unverified().get().public_id]})
            assert f"Numéro {number}" in client.get(PAGE).content.decode()
        assert "Numéro 0" in client.get(PAGE).content.decode()
        assert Device.objects.count() == 1

    def test_r16_it_mends_what_is_recent(self, browser, sent):
        html = browser.get(PAGE).content.decode()
        for act in ("edit_own_comment", "withdraw_own_comment"):
            assert reverse(act, args=[sent.public_id]) in html
        browser.post(reverse("withdraw_own_comment", args=[sent.public_id]))
        sent.refresh_from_db()
        assert sent.status == CommentStatus.WITHDRAWN

    def test_r16_t40_what_is_older_is_read_there_and_waits_for_the_link(self, browser, sent):
        with time_machine.travel(timezone.now() + LATER):
            html = browser.get(PAGE).content.decode()
            assert WORDS in html
            assert says(html, "To withdraw it, have the link sent to you.")
            address = reverse("withdraw_own_comment", args=[sent.public_id])
            assert address not in html
            assert browser.post(address)["Location"] == PAGE
        sent.refresh_from_db()
        assert sent.status != CommentStatus.WITHDRAWN

    @pytest.mark.parametrize("act", ["withdraw_own_comment", "agree_to_own_quotation", "edit_own_comment"])
    def test_r16_t40_what_was_just_said_elsewhere_waits_for_the_link(self, browser, article, say, act):
        elsewhere = say(article, "Dit d’ailleurs.", email=ADDRESS, name="Camille Roy")
        address = reverse(act, args=[elsewhere.public_id])
        assert browser.post(address)["Location"] == PAGE
        answer = browser.post(address, {"text": "Autre."})  # words are given back before
        assert (answer.status_code, "Autre.</textarea>" in answer.text) == (HTTPStatus.UNAUTHORIZED, True)
        assert browser.get(reverse("own_history", args=[elsewhere.public_id]))["Location"] == PAGE
        elsewhere.refresh_from_db()
        assert (elsewhere.status, elsewhere.text) == (CommentStatus.PUBLISHED, "Dit d’ailleurs.")
        assert elsewhere.quote_consented_at is None

    def test_r16_what_is_changed_too_late_stays_in_the_form(self, browser, sent):
        with time_machine.travel(timezone.now() + LATER):
            answer = browser.post(
                reverse("edit_own_comment", args=[sent.public_id]), {"text": "Plus abrités."}
            )
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert "Plus abrités.</textarea>" in answer.text
            assert reverse("withdraw_own_comment", args=[sent.public_id]) not in answer.text
        sent.refresh_from_db()
        assert sent.text == WORDS

    def test_r16_one_button_sends_the_link_and_the_link_opens_the_rest(self, browser, sent, article, say):
        say(article, "Dit d’ailleurs.", email=ADDRESS, name="Camille Roy")
        answer = browser.post(reverse("ask_for_personal_page"), {"mine": "yes"})
        assert answer["Location"] == f"{PAGE}?asked=link"
        notice = (
            "We write to the address for which this browser vouches, unless we did so several times today"
        )
        assert says(browser.get(answer["Location"]).text, notice)
        process_mail()
        assert mail.outbox[-1].to == [ADDRESS]
        browser.post(re.search(r"(/\w\w/conversation/participant/link/\w+/)", mail.outbox[-1].body)[1])
        assert "Dit d’ailleurs." in browser.get(PAGE).content.decode()
        browser.post(reverse("leave_personal_page"))
        html = browser.get(PAGE).content.decode()
        assert WORDS in html
        assert "Dit d’ailleurs." not in html

    def test_r16_asked_for_too_often_it_says_so_and_shows_the_page(self, browser, sent):
        for _time in range(21):
            answer = browser.post(reverse("ask_for_personal_page"), {"mine": "yes"})
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert int(answer["Retry-After"]) > 0
        assert WORDS in answer.content.decode()

    def test_r16_a_stranger_asks_for_nobody_without_an_address(self, client, site):
        answer = client.post(reverse("ask_for_personal_page"), {"mine": "yes"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    @pytest.mark.parametrize(
        "act",
        [
            "choose_own_mail",
            "choose_own_consents",
            "download_own_page_data",
            "erase_own_data",
            "leave_personal_page",
        ],
    )
    def test_r16_t40_the_rest_leads_back_to_the_page(self, browser, sent, act):
        data = {"mail_replies": "weekly", "tell_outcomes": "on", "is_sure": "on"}
        assert browser.post(reverse(act), data)["Location"] == PAGE
        assert not sent.participant.mail_preferences.exists()
        sent.refresh_from_db()
        assert sent.text == WORDS

    def test_r16_t40_it_lets_go_of_itself_and_of_no_other(self, browser, sent, guest):
        mine, other = Device.objects.get(), browser_of(guest)
        another = Device.objects.exclude(pk=mine.pk).get()
        assert browser.post(reverse("revoke_own_device", args=[another.pk])).status_code == 404
        browser.post(reverse("revoke_own_device", args=[mine.pk]))
        assert WORDS not in browser.get(PAGE).content.decode()
        assert other.get(PAGE).context["owner"].person == guest

    def test_r16_a_browser_that_was_let_go_of_shows_nothing(self, browser, sent, guest):
        revoke_device(Device.objects.get(), by=guest)
        assert WORDS not in browser.get(PAGE).content.decode()

    def test_r16_nobody_commenting_with_another_address_is_shown_there(self, browser, send, article):
        send(article, by=browser, text="Sous une autre adresse.", email="autre@example.org")
        assert Comment.objects.get().device is None
        assert "Sous une autre adresse." not in browser.get(PAGE).content.decode()


class TestBoth:
    """Signed in, in the trusted device of a guest: the page is the account's, and nothing is mixed."""

    @pytest.fixture
    def both(self, browser, sent, employee) -> Client:
        browser.force_login(employee)
        return browser

    def test_r16_the_page_is_that_of_the_account(self, both, employee):
        answer = both.get(PAGE)
        assert WORDS not in answer.content.decode()
        assert answer.context["owner"].viewer == employee

    def test_r16_the_erasure_of_a_guest_touches_no_account(self, both, sent):
        assert both.post(reverse("erase_own_data"), {"is_sure": "on"})["Location"] == PAGE
        assert both.post(reverse("download_own_page_data"))["Location"] == PAGE
        sent.refresh_from_db()
        assert sent.text == WORDS

    def test_r16_a_mailed_link_asks_to_sign_out_and_keeps(self, both, guest):
        link = reverse("open_personal_page", args=[make_link(guest, links.PERSONAL)])
        for answer in (both.get(link), both.post(link)):
            assert says(answer.content.decode(), "You are signed in to an account in this browser")
        assert MailLink.objects.get().used_at is None
        both.logout()
        assert both.post(link)["Location"] == PAGE
