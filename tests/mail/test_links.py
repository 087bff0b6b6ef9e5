"""Mailed links open one thing, once, for a while; devices are trusted until they are revoked."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils import timezone

from dialogue import links
from mail.actions import find_link, make_link, open_page_by_link, revoke_links, use_link
from mail.models import LinkPurpose, MailLink
from people.actions import leave_page, open_page, revoke_device, trust_device
from people.devices import name_device
from people.models import Device

pytestmark = pytest.mark.django_db

CONFIRM, PERSONAL = links.CONFIRM, links.PERSONAL
LIVES = [(CONFIRM, timedelta(hours=24)), (PERSONAL, timedelta(minutes=10))]
FIREFOX_ON_ANDROID = "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0"


def trust(guest, **more):
    return trust_device(guest, browser="Firefox", system="Android", **more)


def visit(guest, **more):
    return open_page(guest, browser="Firefox", system="Android", **more)


class TestLink:
    @pytest.mark.parametrize("made_for", [CONFIRM, PERSONAL])
    @pytest.mark.parametrize("asked_for", [CONFIRM, PERSONAL])
    def test_t12_it_opens_what_it_was_made_for_and_nothing_else(self, guest, made_for, asked_for):
        token = make_link(guest, made_for)
        assert (find_link(token, asked_for) is not None) == (made_for == asked_for)

    def test_t12_the_cookie_of_a_device_is_no_link(self, guest):
        _device, token = trust(guest)
        assert not any(find_link(token, purpose) for purpose in (CONFIRM, PERSONAL))

    def test_t17_only_a_digest_is_kept(self, guest):
        token = make_link(guest, CONFIRM)
        assert len(bytes.fromhex(token)) >= 16
        link = MailLink.objects.values().get()
        assert token not in str(link)
        _device, cookie = trust(guest)
        assert cookie not in str(Device.objects.values().get())

    @pytest.mark.parametrize(("purpose", "life"), LIVES)
    def test_t17_it_is_too_old_after_its_time(self, guest, purpose, life):
        token = make_link(guest, purpose)
        with time_machine.travel(timezone.now() + life - timedelta(seconds=5)):
            assert find_link(token, purpose)
        with time_machine.travel(timezone.now() + life):
            assert find_link(token, purpose) is None

    def test_t17_it_works_once_and_closes_the_others_of_its_purpose(self, guest):
        first, second, other = (make_link(guest, purpose) for purpose in (CONFIRM, CONFIRM, PERSONAL))
        link = find_link(first, CONFIRM)
        assert use_link(link)
        assert not use_link(link)
        assert find_link(first, CONFIRM) is None
        assert find_link(second, CONFIRM) is None
        assert find_link(other, PERSONAL)

    def test_two_causes_do_not_cancel_each_other(self, guest):
        first, again, other = (make_link(guest, CONFIRM, cause=cause) for cause in ("one", "one", "two"))
        assert use_link(find_link(first, CONFIRM))
        assert find_link(again, CONFIRM) is None
        assert find_link(other, CONFIRM)

    def test_what_is_revoked_by_its_cause_opens_nothing_for_anybody(self, guest, unverified_guest):
        people = (guest, unverified_guest)
        tokens = [make_link(person, CONFIRM, cause="one") for person in people]
        kept = make_link(guest, CONFIRM)
        assert revoke_links(CONFIRM, cause="one") == 2
        assert revoke_links(CONFIRM, cause="one") == 0
        assert not any(find_link(token, CONFIRM) for token in tokens)
        assert find_link(kept, CONFIRM)

    def test_one_of_several_uses_works_so_often_and_then_ends_its_cause(self, guest):
        purpose = LinkPurpose("read", timedelta(hours=1), uses=2)
        token, again = make_link(guest, purpose, cause="one"), make_link(guest, purpose, cause="one")
        assert use_link(find_link(token, purpose))
        assert find_link(again, purpose)
        assert use_link(find_link(token, purpose))
        assert find_link(token, purpose) is None
        assert find_link(again, purpose) is None

    def test_using_it_verifies_the_address_and_the_first_date_stays(self, unverified_guest):
        use_link(find_link(make_link(unverified_guest, CONFIRM), CONFIRM))
        unverified_guest.refresh_from_db()
        first = unverified_guest.verified_at
        assert first
        use_link(find_link(make_link(unverified_guest, CONFIRM), CONFIRM))
        unverified_guest.refresh_from_db()
        assert unverified_guest.verified_at == first

    @pytest.mark.parametrize("token", ["", "x", "é" * 2_000, "0" * 48])
    def test_what_was_never_a_token_opens_nothing(self, site, token):
        assert find_link(token, CONFIRM) is None


class TestDevice:
    def test_it_is_trusted_for_thirty_days(self, guest):
        trust(guest)
        with time_machine.travel(timezone.now() + timedelta(days=30) - timedelta(seconds=5)):
            assert Device.objects.valid().exists()
        with time_machine.travel(timezone.now() + timedelta(days=30)):
            assert not Device.objects.valid().exists()

    def test_a_new_cookie_takes_the_place_of_the_former(self, guest):
        former, _token = trust(guest)
        trust(guest, former=former)
        assert Device.objects.valid().count() == 1

    def test_it_is_revoked_once_and_closes_the_page(self, guest):
        device, _token = visit(guest)
        assert revoke_device(device, by=guest)
        assert not revoke_device(device, by=guest)
        device.refresh_from_db()
        assert not device.is_valid
        assert not device.has_open_page

    def test_nobody_revokes_the_device_of_another(self, guest, unverified_guest):
        device, _token = trust(guest)
        with pytest.raises(PermissionDenied):
            revoke_device(device, by=unverified_guest)
        assert Device.objects.valid().exists()

    def test_a_browser_that_only_opens_the_page_is_trusted_no_longer_than_that(self, guest):
        device, token = visit(guest)
        assert token
        assert device.has_open_page
        with time_machine.travel(timezone.now() + timedelta(minutes=30)):
            assert not device.is_valid
            assert not device.has_open_page

    def test_a_browser_that_is_trusted_already_keeps_its_cookie_and_its_days(self, guest):
        former, _token = trust(guest)
        device, token = visit(guest, former=former)
        assert (device.pk, token) == (former.pk, None)
        with time_machine.travel(timezone.now() + timedelta(minutes=30)):
            assert device.is_valid
            assert not device.has_open_page

    def test_a_link_that_was_used_meanwhile_opens_no_page(self, guest):
        link = find_link(make_link(guest, PERSONAL), PERSONAL)
        first = open_page_by_link(link, browser="Firefox", system="Android")
        assert first is not None
        assert open_page_by_link(link, browser="Firefox", system="Android") is None
        assert Device.objects.count() == 1

    def test_leaving_closes_the_page_and_no_more(self, guest):
        former, _token = trust(guest)
        device, _token = visit(guest, former=former)
        leave_page(device)
        device.refresh_from_db()
        assert device.is_valid
        assert not device.has_open_page

    @pytest.mark.parametrize(
        ("agent", "words"),
        [
            (FIREFOX_ON_ANDROID, "Firefox sur Android"),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge sur Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Safari/604.1", "Safari sur iPhone"),
            ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
            ("<script>", "Un navigateur"),
            ("", "Un navigateur"),
        ],
    )
    def test_its_owner_knows_it_by_words_alone(self, agent, words):
        request = RequestFactory().get("/", headers={"user-agent": agent})
        assert Device(**name_device(request)).label == words
