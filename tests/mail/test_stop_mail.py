"""Somebody wants no more of a topic: one click, no sign-in, no cookie."""

import pytest
from django.test import Client

from dialogue import topics
from mail.actions import choose_mail, queue_mail
from mail.models import MailFrequency, MailPreference, MailStatus, OutgoingMail
from mail.outbox import unsubscribe_address
from tests.mail.conftest import NEWS

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def address(guest, settings) -> str:
    choose_mail(guest, topics.REPLIES, MailFrequency.IMMEDIATE)
    queue_mail(NEWS, guest, cause_id=1)
    return unsubscribe_address(guest, topics.REPLIES).removeprefix(settings.WAGTAILADMIN_BASE_URL)


def frequency() -> str:
    return MailPreference.objects.get().frequency


class TestStop:
    def test_t16_looking_changes_nothing(self, client, address):
        for method in (client.get, client.head, client.get):
            response = method(address)
            assert response.status_code == 200
        assert frequency() == MailFrequency.IMMEDIATE
        assert OutgoingMail.objects.get().status == MailStatus.QUEUED

    def test_one_post_of_a_mail_program_stops_it(self, address):
        client = Client(enforce_csrf_checks=True)
        response = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert not response.cookies
        assert frequency() == MailFrequency.NEVER
        assert OutgoingMail.objects.get().status == MailStatus.DROPPED

    def test_the_second_and_third_time_change_nothing_more(self, client, address):
        client.post(address)
        chosen_at = MailPreference.objects.get().chosen_at
        for _time in range(2):
            assert client.post(address).status_code == 200
        assert MailPreference.objects.get().chosen_at == chosen_at

    def test_it_stops_that_topic_alone(self, client, address, guest):
        choose_mail(guest, topics.OUTCOMES, MailFrequency.DAILY)
        client.post(address)
        assert guest.mail_preferences.get(topic=topics.OUTCOMES.name).frequency == MailFrequency.DAILY

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_the_page_is_in_the_language_of_the_message(self, client, address, guest, language):
        guest.language = language
        guest.save()
        assert f'<html lang="{language}"' in client.get(address).content.decode()

    def test_it_is_never_stored_or_listed(self, client, address):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "change", [lambda a: a[:-2] + "x/", lambda a: "/mail/stop/x/", lambda a: a.replace("replies", "outcomes")]
)
def test_t12_a_token_that_is_not_ours_opens_nothing(client, address, change):
    assert client.post(change(address)).status_code == 404
    assert frequency() == MailFrequency.IMMEDIATE
