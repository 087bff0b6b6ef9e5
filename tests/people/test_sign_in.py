"""Employees sign in with a local account, and out again."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from demo.cast import DEMO_PASSWORD
from people.models import User
from portal.models.caches import CacheEntry
from portal.settings.base import TABLE_CACHE

FAILURES_ALLOWED = 5  # allauth's, for one name in five minutes
MANY = TABLE_CACHE["OPTIONS"]["MAX_ENTRIES"] + 1  # past these, the table is tidied


def sign_in(client: Client, login: str, password: str = DEMO_PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


class TestItWorks:
    """By user name or by address, in either case of letters."""

    @pytest.mark.parametrize("spell", [lambda u: u.username, lambda u: u.email, lambda u: u.email.upper()])
    def test_it_signs_in_and_leads_home(self, client, employee, spell):
        answer = sign_in(client, spell(employee))
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"] == "/fr/"
        assert is_signed_in(client)

    def test_it_leads_back_to_where_one_was_sent_from(self, client, employee, internal_fr):
        sent = client.get(internal_fr.get_url())
        page = client.get(sent["Location"])
        assert f'value="{internal_fr.get_url()}"' in page.content.decode()
        answer = sign_in(client, employee.username, next=internal_fr.get_url())
        assert answer["Location"] == internal_fr.get_url()
        assert client.get(answer["Location"]).status_code == HTTPStatus.OK

    def test_the_second_time_it_leads_on(self, client, employee):
        sign_in(client, employee.username)
        answer = client.get(reverse("account_login"), {"next": "/fr/recherche/"})
        assert answer["Location"] == "/fr/recherche/"

    def test_the_number_of_the_session_is_a_new_one(self, client, employee):
        session = client.session
        session["before"] = "1"
        session.save()
        before = session.session_key
        sign_in(client, employee.username)
        assert client.session.session_key != before

    def test_the_session_ends_with_the_browser_and_after_a_working_day(self, client, employee):
        answer = sign_in(client, employee.username)
        assert answer.cookies["sessionid"]["max-age"] == ""
        assert client.session.get_expiry_age() <= 12 * 60 * 60


class TestItRefuses:
    """One sentence for every reason, with what was typed still there."""

    @pytest.mark.parametrize(
        "login", ["isaac", "nobody", "nobody@example.org", "isaac@", "' or 1=1 --", "x" * 3000]
    )
    def test_a_wrong_name_or_password(self, client, employee, login):
        answer = sign_in(client, login, "wrong")
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["form"].errors
        assert answer.context["form"]["login"].value() == login
        assert not is_signed_in(client)

    def test_known_and_unknown_names_are_refused_alike(self, client, employee):
        known = sign_in(client, employee.username, "wrong").context["form"].errors
        unknown = sign_in(client, "nobody", "wrong").context["form"].errors
        assert known == unknown

    @pytest.mark.parametrize(
        "fields", [{}, {"login": "isaac"}, {"password": DEMO_PASSWORD}, {"login": " ", "password": " "}]
    )
    def test_an_incomplete_form_names_the_field(self, client, employee, fields):
        answer = client.post(reverse("account_login"), fields)
        assert set(answer.context["form"].errors) <= {"login", "password"}
        assert answer.context["form"].errors

    def test_a_null_byte_is_refused(self, client, employee):
        assert sign_in(client, "isaac\x00").context["form"].errors

    def test_somebody_without_a_password(self, client, employee):
        employee.set_unusable_password()
        employee.save()
        assert sign_in(client, employee.username).context["form"].errors

    def test_a_disabled_account_is_told_so_and_stays_out(self, client, former_employee):
        answer = sign_in(client, former_employee.username)
        assert answer["Location"] == reverse("account_inactive")
        assert client.get(answer["Location"]).status_code == HTTPStatus.OK
        assert not is_signed_in(client)

    def test_an_old_session_ends_when_the_account_is_disabled(self, client, employee):
        sign_in(client, employee.username)
        User.objects.filter(pk=employee.pk).update(is_active=False)
        answer = client.get(reverse("account_preferences"))
        assert answer["Location"].startswith(reverse("account_login"))

    def test_an_old_session_ends_with_the_password(self, signed_in, employee):
        client = signed_in(employee)
        employee.set_password("another lantern entirely")
        employee.save()
        assert client.get(reverse("account_preferences")).status_code == HTTPStatus.FOUND

    def test_a_former_address_no_longer_signs_in(self, client, employee):
        old = employee.email
        sign_in(client, old)
        client.logout()
        employee.email = "isaac.nouveau@example.org"
        employee.save()
        assert sign_in(client, old).context["form"].errors
        assert sign_in(client, "isaac.nouveau@example.org").status_code == HTTPStatus.FOUND


class TestLimits:
    """They hold without Redis: the cache that every process shares is a table."""

    @pytest.fixture(autouse=True)
    def _cache_of_a_site_without_redis(self, db, settings):
        settings.CACHES = {"default": TABLE_CACHE}

    def test_too_many_wrong_passwords_close_the_name_even_to_the_right_one(self, employee):
        for _attempt in range(FAILURES_ALLOWED):
            sign_in(Client(), employee.username, "wrong")
        client = Client(REMOTE_ADDR="192.0.2.77")  # from wherever
        answer = sign_in(client, employee.username)
        form = answer.context["form"]
        assert form.non_field_errors()
        assert form["login"].value() == employee.username
        assert not is_signed_in(client)

    def test_another_name_is_not_closed_with_it(self, employee, editor):
        for _attempt in range(FAILURES_ALLOWED):
            sign_in(Client(), employee.username, "wrong")
        client = Client(REMOTE_ADDR="192.0.2.77")
        sign_in(client, editor.username)
        assert is_signed_in(client)

    def test_too_many_requests_from_one_place_are_told_so(self, client, employee):
        answers = [sign_in(client, f"nobody{number}", "wrong") for number in range(35)]
        answer = answers[-1]
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert answer["Retry-After"]
        assert '<html lang="fr">' in answer.content.decode()
        assert 'href="/fr/"' in answer.content.decode()

    @override_settings(TRUSTED_PROXIES=0)
    def test_a_made_up_forwarding_does_not_change_the_place(self, employee):
        answers = {
            sign_in(
                Client(headers={"x-forwarded-for": f"198.51.100.{number}"}), f"n{number}", "wrong"
            ).status_code
            for number in range(35)
        }
        assert HTTPStatus.TOO_MANY_REQUESTS in answers

    def test_r34_the_addresses_of_one_network_are_one_place(self, site):
        """Whoever has a line with IPv6 has 2^64 of them."""
        answers = [
            sign_in(Client(REMOTE_ADDR=f"2001:db8::{number:x}"), f"nobody{number}", "wrong").status_code
            for number in range(35)
        ]
        assert answers[-1] == HTTPStatus.TOO_MANY_REQUESTS
        assert sign_in(Client(REMOTE_ADDR="2001:db8:0:1::1"), "nobody", "wrong").status_code == HTTPStatus.OK

    def test_h3_nothing_else_that_is_kept_pushes_out_what_counts(self, employee):
        """The table of the cache throws out nothing by chance, however much is in it."""
        for _attempt in range(FAILURES_ALLOWED):
            sign_in(Client(), employee.username, "wrong")
        cache.set_many({f"other-{number:04}": number for number in range(MANY)})
        cache.set("zzz", 1)
        sign_in(client := Client(REMOTE_ADDR="192.0.2.77"), employee.username)
        assert not is_signed_in(client)
        assert cache.get("other-0000") == 0

    def test_h3_what_has_expired_makes_room(self, db):
        cache.set_many({f"old-{number}": number for number in range(MANY)}, timeout=0.001)
        CacheEntry.objects.update(expires=timezone.now() - timedelta(hours=1))
        cache.set("new", 1)
        assert CacheEntry.objects.count() == 1

    def test_the_limit_is_forgotten_with_the_cache(self, employee):
        for _attempt in range(FAILURES_ALLOWED):
            sign_in(Client(), employee.username, "wrong")
        cache.clear()
        assert sign_in(Client(), employee.username).status_code == HTTPStatus.FOUND


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "http:evil.example",
    "http:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "file:///etc/passwd",
    "mailto:a@evil.example",
    "\thttps://evil.example/",
    " https://evil.example/",
    "\x00https://evil.example/",
    "\x08//evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example/testserver",
    "https://evil.example?testserver",
    "https://evil.example#testserver",
    "https://evil.example\\testserver",
    "//testserver@evil.example",
    "//testserver:80@evil.example",
    "https://[::1]/",
    "https://localhost/",
    "http://127.0.0.1:8000/",
    "https://evil。example/",
    "https://ⓔvil.example/",
    "//%65vil.example/",
    "https:evil.example",
    "\r\nLocation: https://evil.example/",
    "/\r\nSet-Cookie: a=b",
]


class TestTheWayBack:
    """`next` leads to this very host, or home (T36)."""

    @pytest.mark.parametrize("address", HOSTILE)
    def test_a_hostile_one_is_ignored(self, client, employee, address):
        page = client.get(reverse("account_login"), {"next": address})
        assert page.status_code == HTTPStatus.OK
        answer = sign_in(client, employee.username, next=address)
        assert answer.status_code == HTTPStatus.FOUND
        location = answer["Location"]
        assert location.startswith("/") or location.startswith("http://testserver/")
        assert not location.startswith(("//", "/\\"))
        assert "\n" not in location
        assert "\r" not in location

    @pytest.mark.parametrize("address", HOSTILE)
    def test_it_is_ignored_by_somebody_signed_in_too(self, signed_in, employee, address):
        location = signed_in(employee).get(reverse("account_login"), {"next": address})["Location"]
        assert location.startswith(("/", "http://testserver/"))
        assert not location.startswith(("//", "/\\"))

    def test_it_is_ignored_when_signing_out(self, signed_in, employee):
        answer = signed_in(employee).post(reverse("account_logout"), {"next": "https://evil.example/"})
        assert answer["Location"] == "/fr/"


class TestSignOut:
    """By POST; GET asks."""

    def test_get_asks_and_changes_nothing(self, signed_in, employee):
        client = signed_in(employee)
        assert client.get(reverse("account_logout")).status_code == HTTPStatus.OK
        assert is_signed_in(client)

    def test_post_ends_the_session(self, signed_in, employee, internal_fr):
        client = signed_in(employee)
        assert client.post(reverse("account_logout"))["Location"] == "/fr/"
        assert not is_signed_in(client)
        assert client.get(internal_fr.get_url()).status_code == HTTPStatus.FOUND

    def test_the_second_time_it_leads_home(self, client, site):
        assert client.post(reverse("account_logout")).status_code == HTTPStatus.FOUND

    def test_it_refuses_a_forged_form(self, employee):
        client = Client(enforce_csrf_checks=True)
        client.force_login(employee)
        assert client.post(reverse("account_logout")).status_code == HTTPStatus.FORBIDDEN
        assert is_signed_in(client)


class TestOfferedAddresses:
    """Nobody signs up; there is one sign-in and one reset."""

    @pytest.mark.parametrize(
        "name",
        ["account_signup", "account_email", "account_confirm_email", "account_email_verification_sent",
         "account_request_login_code", "account_confirm_login_code"],
    )  # fmt: skip
    def test_there_is_no_such_address(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.parametrize(
        "rest", ["signup/", "email/", "confirm-email/", "login/code/", "confirm-email/abc/"]
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_not_found(self, client, site, language, rest, method):
        assert getattr(client, method)(f"/{language}/account/{rest}").status_code == HTTPStatus.NOT_FOUND

    def test_the_screens_of_sign_in_open_in_both_languages(self, client, site):
        for language in ("fr", "en"):
            for rest in ("login/", "logout/", "inactive/", "password/reset/", "password/reset/done/"):
                answer = client.get(f"/{language}/account/{rest}", follow=True)
                assert answer.status_code == HTTPStatus.OK, rest
                assert not mail.outbox
