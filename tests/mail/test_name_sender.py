"""A message names the organisation, wears its colours, and says why it comes and how such ones end (T25)."""

from email import message_from_bytes
from email.policy import strict

import pytest
from django.conf import settings
from django.core import mail as sent
from django.utils.translation import gettext_lazy

from dialogue import topics
from mail.actions import choose_mail, process_mail, queue_mail
from mail.models import MailFrequency, OutgoingMail
from mail.outbox import ABOUT_ONES_OWN, INK_ON_DARK
from portal.models import PortalSettings
from tests.mail.conftest import NEWS, NOTICE

pytestmark = pytest.mark.django_db
OF_NO_LIST = gettext_lazy("It belongs to no list: what else we write to you about, you choose on your page.")


@pytest.fixture
def portal(site):
    return PortalSettings.for_site(site)


@pytest.fixture
def receive(guest):
    """Send what waits to a guest, and return it: `receive(NOTICE)`."""

    def send(kind):
        sent.outbox.clear()
        OutgoingMail.objects.all().delete()
        queue_mail(kind, guest, cause_id=1)
        process_mail()
        [message] = sent.outbox
        return message, message.body, message.alternatives[0][0]

    return send


@pytest.mark.parametrize(("language", "name"), [("fr", "Traversiers de l’Île"), ("en", "Island Ferries")])
def test_it_comes_from_the_organisation_in_the_readers_language(portal, receive, guest, language, name):
    portal.name_fr, portal.name_en = "Traversiers de l’Île", "Island Ferries"
    portal.save()
    guest.language = language
    guest.save()
    message, _text, html = receive(NOTICE)
    [sender] = message_from_bytes(message.message().as_bytes(), policy=strict)["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, settings.DEFAULT_FROM_EMAIL)
    assert f'<p class="from">{name}</p>' in html
    assert name not in message.subject


@pytest.mark.parametrize("name", ["Nordet\r\nBcc: all@example.org", 'N"ord", <x@example.org>', "Н" * 80])
def test_t25_no_name_adds_a_header_or_an_address(portal, receive, name):
    portal.name_fr = portal.name_en = name
    portal.save()
    message = message_from_bytes(receive(NOTICE)[0].message().as_bytes(), policy=strict)
    assert [one.addr_spec for one in message["From"].addresses] == [settings.DEFAULT_FROM_EMAIL]
    assert message["Bcc"] is None


def test_it_wears_the_colours_of_the_site_on_a_light_and_a_dark_sheet(portal, receive):
    portal.accent, portal.accent_on_dark, portal.voice = "#123456", "", "#abcdef"
    portal.save()
    light, _media, dark = receive(NOTICE)[2].partition("@media (prefers-color-scheme: dark)")
    assert light.count("#123456") == 3
    assert "#abcdef" in light
    assert "#123456" not in dark
    assert INK_ON_DARK in dark
    portal.accent_on_dark = "#99ccff"
    portal.save()
    assert "#99ccff" in receive(NOTICE)[2].partition("@media (prefers-color-scheme: dark)")[2]


def test_what_was_asked_for_says_so_and_how_it_ends(receive, guest):
    choose_mail(guest, topics.REPLIES, MailFrequency.IMMEDIATE)
    message, *parts = receive(NEWS)
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    for text in parts:
        assert str(topics.REPLIES.label) in text
        assert stop in text
        assert str(OF_NO_LIST) not in text


def test_what_answers_somebody_says_that_it_is_of_no_list(receive):
    message, *parts = receive(NOTICE)
    assert "List-Unsubscribe" not in message.extra_headers
    for text in parts:
        assert str(ABOUT_ONES_OWN) in text
        assert str(OF_NO_LIST) in text
