"""The key of the site is replaced: what it signed ends or stays as the guide says, and digests hold (H3)."""

from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from allauth.account.forms import default_token_generator
from django.test import RequestFactory
from django.urls import reverse

from dialogue import topics
from mail.actions.bounces import is_suppressed, suppress_address
from mail.models import SuppressedAddress
from mail.outbox import read_unsubscribe_token, unsubscribe_address
from people.ciphers import decrypt, encrypt
from people.models import Participant
from people.networks import network_digest
from privacy.actions import erase_participant, replay_erasures
from privacy.models import Erasure
from tests.privacy.erasures import keep_notes_in

pytestmark = [pytest.mark.database, pytest.mark.django_db]
ADDRESS = "odile@example.org"
NEW = "another-key-of-the-site-" + 40 * "y"
EITHER_WAY = pytest.mark.parametrize("is_read", [True, False], ids=["former key read", "former key gone"])


def replace_key(settings, *, is_read: bool = False) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if is_read else []
    settings.SECRET_KEY = NEW


@pytest.fixture
def guest(site) -> Participant:
    return Participant.objects.create(name="Odile", email=ADDRESS)


class TestWhatTheKeySigned:
    @EITHER_WAY
    def test_h3_sessions(self, settings, client, employee, is_read):
        client.force_login(employee)
        address = reverse("account_preferences")
        before = client.get(address).status_code
        replace_key(settings, is_read=is_read)
        after = client.get(address).status_code
        assert (before, after) == (HTTPStatus.OK, HTTPStatus.OK if is_read else HTTPStatus.FOUND)

    @EITHER_WAY
    def test_h3_links_that_set_a_password(self, settings, employee, is_read):
        token = default_token_generator.make_token(employee)
        before = default_token_generator.check_token(employee, token)
        replace_key(settings, is_read=is_read)
        assert (before, default_token_generator.check_token(employee, token)) == (True, is_read)

    @EITHER_WAY
    def test_h3_links_that_stop_mail(self, settings, guest, is_read):
        path = urlsplit(unsubscribe_address(guest, topics.REPLIES)).path
        token = path.rstrip("/").rpartition("/")[2]
        before = read_unsubscribe_token(token)
        replace_key(settings, is_read=is_read)
        after = read_unsubscribe_token(token)
        assert (before, after) == ((guest, "replies"), (guest, "replies") if is_read else None)

    @EITHER_WAY
    def test_h3_the_app_of_a_second_step(self, settings, is_read):
        sealed = encrypt("JBSWY3DPEHPK3PXP")
        replace_key(settings, is_read=is_read)
        assert decrypt(sealed) == ("JBSWY3DPEHPK3PXP" if is_read else None)


class TestDigests:
    def test_h3_a_suppressed_address_stays_suppressed(self, settings, site):
        suppress_address(ADDRESS, reason=SuppressedAddress.Reason.COMPLAINT)
        replace_key(settings)
        assert is_suppressed(ADDRESS)

    def test_h3_who_was_erased_is_erased_again(
        self, settings, tmp_path, guest, django_capture_on_commit_callbacks
    ):
        keep_notes_in(settings, tmp_path)
        with django_capture_on_commit_callbacks(execute=True):
            erase_participant(guest)
        Erasure.objects.all().delete()
        Participant.objects.filter(pk=guest.pk).update(name="Odile", email=ADDRESS)  # as a backup has it
        replace_key(settings)
        assert replay_erasures() == 1
        assert Participant.objects.get(pk=guest.pk).email != ADDRESS

    def test_h3_a_network_is_the_same_network(self, settings):
        request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")
        before = network_digest(request)
        replace_key(settings)
        assert network_digest(request) == before

    def test_h3_another_key_of_digests_knows_nothing_of_the_old_ones(self, settings, site):
        suppress_address(ADDRESS, reason=SuppressedAddress.Reason.BOUNCE)
        settings.DIGEST_KEY = "another-key-of-digests-" + 40 * "z"
        assert not is_suppressed(ADDRESS)
