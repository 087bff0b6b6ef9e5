"""The provider is asked again while somebody is signed in: who is disabled there is out within a minute.

Where it is unavailable, people stay in to their ordinary limit, and nobody new gets in (F28).
"""

import re
import threading
import time
from datetime import timedelta
from http import HTTPStatus
from itertools import product

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.ciphers import encrypt
from people.groups import EDITORS, EMPLOYEES, the_group
from people.models import ProviderIdentity, ProviderSession, User, UserSession
from people.provider import issuer
from people.provider.actions import LEASE
from tests.people.provider import ISAAC, PATIENCE, Provider, arrive, come_back, leave, pass_through, sign


def later(**more: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**more), tick=True)


def is_in(client: Client) -> bool:
    """Whether somebody is still signed in, asked as a reader asks."""
    return client.get(reverse("account_preferences")).status_code == HTTPStatus.OK


@pytest.fixture
def isaac(client, provider) -> User:
    pass_through(client)
    return ProviderIdentity.objects.get(subject=ISAAC["sub"]).user


@pytest.fixture(params=["refresh", "access"])
def way(request, provider) -> str:
    """By which the provider is asked: a token to renew, or the access token alone."""
    provider.gives_refresh = request.param == "refresh"
    return request.param


class TestOutWithinAMinute:
    """T11: at the first page after the interval, in every browser."""

    def test_t11_who_is_disabled_there_is_out_here_after_sixty_seconds(self, way, isaac, client, provider):
        second = Client()
        pass_through(second)
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            answer = client.get(reverse("account_preferences"))
            assert answer["Location"].startswith(reverse("account_login"))
            assert SESSION_KEY not in client.session
            assert not UserSession.objects.filter(user=isaac).exists()
            assert not is_in(second)

    def test_t11_the_longest_interval_is_a_minute(self, isaac, client, provider, settings):
        settings.PROVIDER_RECHECK_SECONDS = 60
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            assert not is_in(client)

    @pytest.mark.parametrize("address", ["/admin/", "/fr/account/sessions/", "/admin/pages/"])
    def test_t11_no_page_is_open_to_them(self, isaac, client, provider, address, settings):
        isaac.groups.add(the_group(EDITORS))
        assert client.get(address).status_code in {HTTPStatus.OK, HTTPStatus.FOUND}
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            assert client.get(address)["Location"].startswith(reverse("account_login"))

    def test_they_stay_out_when_they_try_again(self, isaac, client, provider):
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            client.get("/fr/")
            provider.disabled.clear()
            assert not is_in(client)

    def test_others_stay_in(self, isaac, client, provider, employee):
        provider.person = {**ISAAC, "sub": "another", "email": "another@nordet.example"}
        other, local = Client(), Client()
        pass_through(other)
        local.force_login(employee)
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            assert not is_in(client)
            assert is_in(other)
            assert is_in(local)

    def test_it_is_told_in_one_line(self, isaac, client, provider, caplog):
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            is_in(client)
        assert caplog.messages == [
            f"OIDC provider refused user {isaac.pk}, who is signed out everywhere: "
            "token endpoint answered invalid_grant"
        ]


class TestAsking:
    """Not at every page, and not twice at once."""

    def test_it_is_not_asked_before_its_time(self, way, isaac, client, provider):
        asked = len(provider.asked)
        with later(seconds=30):
            assert is_in(client)
        assert len(provider.asked) == asked

    def test_it_is_asked_once_and_believed_for_the_interval(self, way, isaac, client, provider):
        with later(seconds=60):
            asked = len(provider.asked)
            assert is_in(client)
            assert len(provider.asked) == asked + 1
            assert is_in(client)
            assert len(provider.asked) == asked + 1

    def test_it_costs_no_query_while_it_is_fresh(self, isaac, client, employee):
        local = Client()
        local.force_login(employee)
        counts = []
        for browser in (client, local):
            browser.get(reverse("list_sessions"))
            with CaptureQueriesContext(connection) as queries:
                browser.get(reverse("list_sessions"))
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_tokens_are_renewed_again_and_again(self, isaac, client, provider):
        """A refresh token works once here: a lost one would sign people out."""
        for minutes in range(1, 6):
            with later(minutes=minutes):
                assert is_in(client)
        assert len(provider.refresh) == 1

    def test_a_provider_that_keeps_its_refresh_token_is_understood(self, isaac, client, provider):
        renew = provider.renew

        def keep(form):
            kept = dict(provider.refresh)
            answer = renew(form)
            provider.refresh.update(kept)
            return answer and {k: v for k, v in answer.items() if k != "refresh_token"}

        provider.renew = keep
        for minutes in range(1, 4):
            with later(minutes=minutes):
                assert is_in(client)

    def test_the_ordinary_limit_holds(self, isaac, client, provider):
        with later(hours=12):
            assert not is_in(client)

    def test_tokens_about_somebody_else_are_refused(self, isaac, client, provider):
        provider.forge = lambda claims: sign({**claims, "sub": "somebody-else"})
        with later(seconds=60):
            assert not is_in(client)

    def test_forged_tokens_are_refused(self, isaac, client, provider):
        provider.forge = lambda claims: sign({**claims, "aud": "another-portal"})
        with later(seconds=60):
            assert not is_in(client)

    def test_without_the_key_of_the_site_nobody_can_be_asked_about(self, isaac, client):
        with override_settings(SECRET_KEY="another key " + 40 * "y"):
            sealed = encrypt("{}")
        ProviderSession.objects.update(sealed_tokens=sealed)
        with later(seconds=60):
            assert not is_in(client)

    @pytest.mark.parametrize("issuer", ["", "https://other.example"])
    def test_a_session_ends_with_the_provider_that_authenticated(self, isaac, client, settings, issuer):
        settings.PROVIDER_ISSUER = issuer
        assert not is_in(client)


class TestGroups:
    """T11: what somebody may follows the provider while they are signed in."""

    @pytest.fixture(autouse=True)
    def _mapping(self, provider, settings):
        settings.PROVIDER_GROUPS = {"staff": [EMPLOYEES], "press": [EDITORS]}
        provider.person = {**ISAAC, "groups": ["staff", "press"]}

    @pytest.mark.parametrize("renews_id", [True, False])
    def test_t11_a_group_that_is_taken_away_opens_nothing(
        self, way, isaac, client, provider, internal_fr, renews_id
    ):
        provider.renews_id = renews_id
        assert client.get("/admin/").status_code == HTTPStatus.OK
        provider.person = {**ISAAC, "groups": []}
        with later(seconds=60):
            assert client.get("/admin/").status_code != HTTPStatus.OK
            assert client.get(internal_fr.get_url()).status_code == HTTPStatus.NOT_FOUND
            assert is_in(client)

    def test_one_that_is_given_opens_them_at_once(self, isaac, client, provider, internal_fr):
        isaac.groups.clear()
        assert client.get(internal_fr.get_url()).status_code == HTTPStatus.NOT_FOUND
        with later(seconds=60):
            assert client.get(internal_fr.get_url()).status_code == HTTPStatus.OK


class TestUnavailable:
    """F28: the provider is down, slow, or answers nonsense."""

    @pytest.fixture(params=["broken", "hanging", "dripping", "leading-away", "speechless", "endless"])
    def behaviour(self, request) -> str:
        return request.param

    def test_f28_whoever_is_in_stays_in(self, isaac, client, provider, behaviour, internal_fr):
        provider.behave(behaviour)
        with later(seconds=60):
            assert is_in(client)
            assert client.get(internal_fr.get_url()).status_code == HTTPStatus.OK

    def test_f28_the_log_names_endpoint_fault_and_user(self, isaac, client, provider, behaviour, caplog):
        provider.behave(behaviour, "/token")
        with later(seconds=60):
            assert is_in(client)
        begins = f"OIDC provider unavailable, session of user {isaac.pk} goes on: token endpoint"
        [line] = caplog.messages
        assert re.fullmatch(re.escape(begins) + r"(: \w+ after \d+\.\d s| answered HTTP \d{3}.*)", line)

    def test_f28_nobody_waits_twice(self, isaac, client, provider):
        second = Client()
        pass_through(second)
        provider.behave("hanging")
        with later(seconds=60):
            asked = len(provider.asked)
            for browser in (client, second, client, second):
                assert is_in(browser)
        assert len(provider.asked) == asked + 1

    def test_f28_they_are_asked_about_when_it_is_back(self, isaac, client, provider):
        provider.behave("broken")
        with later(seconds=60):
            assert is_in(client)
        provider.behave("well")
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=61 + issuer.RETRY_AFTER):
            assert not is_in(client)

    def test_f28_they_stay_to_their_ordinary_limit(self, isaac, client, provider):
        provider.behave("broken")
        with later(hours=11, minutes=59):
            assert is_in(client)
        with later(hours=12):
            assert not is_in(client)

    @pytest.mark.parametrize(
        ("language", "words"),
        [("fr", "« Nordet\u00a0ID »"), ("en", "The sign-in “Nordet ID” does not answer.")],
    )
    def test_f28_the_sign_in_page_says_so(self, client, provider, behaviour, language, words):
        provider.behave(behaviour)
        page = client.get(f"/{language}/account/login/")
        assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert page["Retry-After"] == "10"
        assert words.replace("\u00a0", " ") in page.content.decode().replace("\u00a0", " ")
        assert "form-action 'self'" in page["Content-Security-Policy"]

    def test_f28_the_button_leads_back_to_that_page(self, client, provider, internal_fr):
        provider.behave("broken")
        answer = client.post(reverse("begin_provider_sign_in"), {"next": internal_fr.get_url()})
        page = client.get(answer["Location"])
        assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert f'value="{internal_fr.get_url()}"' in page.content.decode()

    @pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
    def test_f28_so_does_the_way_back(self, client, provider, behaviour, path):
        address = come_back(leave(client))
        provider.behave(behaviour, path)
        answer = arrive(client, address)
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert "ne répond pas" in answer.content.decode()
        assert not ProviderIdentity.objects.exists()

    def test_f28_a_provider_that_does_not_know_us_is_told_of(self, client, provider, settings, caplog):
        settings.PROVIDER_CLIENT_SECRET = "an old one"
        assert pass_through(client).status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert "OIDC token endpoint gives no tokens to this site: invalid_client" in caplog.messages

    def test_f28_nobody_is_put_out_by_a_wrong_secret_of_ours(self, isaac, client, provider, settings):
        settings.PROVIDER_CLIENT_SECRET = "an old one"
        with later(seconds=60):
            assert is_in(client)

    def test_f28_readers_and_local_accounts_do_not_notice(self, client, provider, employee, home_fr):
        provider.behave("hanging")
        with later(seconds=60):
            assert client.get("/fr/").status_code == HTTPStatus.OK
            client.force_login(employee)
            assert is_in(client)
        assert not provider.asked


def play(client: Client) -> HttpResponse:
    """Come back from the provider with a code that somebody made up."""
    address = come_back(leave(client))
    return arrive(client, re.sub("code=[^&]*", "code=made-up", address))


STATUSES = (400, 401, 403, 404, 429, 500, 502, 503)
WORDS = ("invalid_grant", "invalid_request", "invalid_client", "server_error", "slow_down")


class TestPlay:
    """What a visitor's code provokes says nothing about the provider."""

    @pytest.mark.parametrize(
        "answer",
        [(400, "invalid_grant"), (400, "invalid_request"), (429, "slow_down"), (500, "server_error")],
    )
    def test_r30_who_is_disabled_is_out_within_a_minute_while_anybody_plays(
        self, way, isaac, client, provider, answer
    ):
        provider.to_bad_codes = (answer[0], {"error": answer[1]})
        provider.disabled.add(ISAAC["sub"])
        for seconds in range(5, 60, 10):
            with later(seconds=seconds):
                play(Client())
                is_in(client)
        with later(seconds=60):
            play(Client())
            assert not is_in(client)

    def test_r30_whatever_a_bad_code_is_answered_our_own_questions_are_asked(self, provider, client):
        for status, word in product(STATUSES, WORDS):
            provider.to_bad_codes = (status, {"error": word})
            assert play(client).status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.SERVICE_UNAVAILABLE}
            with pytest.raises(issuer.ProviderRefusalError):
                issuer.renew_tokens("a token that is over")

    def test_r30_nor_does_it_keep_others_from_signing_in(self, provider, client):
        for status in STATUSES:
            provider.to_bad_codes = (status, {"error": "server_error"})
            play(Client())
        pass_through(client)
        assert is_in(client)

    @pytest.mark.parametrize("path", ["/token", "/userinfo", "/keys"])
    def test_r30_what_hangs_for_visitors_holds_one_of_them_and_keeps_nobody_in(
        self, isaac, client, provider, path
    ):
        addresses = [(browser, come_back(leave(browser))) for browser in (Client(), Client())]
        cache.delete(issuer._key("keys"))
        provider.behave("hanging", path)
        asked = provider.asked.count(path)
        for browser, address in addresses:
            assert arrive(browser, address).status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert provider.asked.count(path) == asked + 1
        provider.behave("well")
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            assert not is_in(client)

    def test_r30_one_endpoint_says_nothing_of_another(self, isaac, client, provider):
        provider.behave("broken", "/userinfo")
        with pytest.raises(issuer.ProviderUnavailableError):
            issuer.ask_who("anything")
        provider.disabled.add(ISAAC["sub"])
        with later(seconds=60):
            assert not is_in(client)


class TestAtOnce:
    """Many requests of one browser, in the same moment."""

    REQUESTS = 6

    def ask_at_once(self, client: Client) -> list[int]:
        """Open a page several times in the same moment; return the answers."""
        cookie, answers = client.cookies["sessionid"].value, []
        gate = threading.Barrier(self.REQUESTS)

        def ask() -> None:
            browser = Client()
            browser.cookies["sessionid"] = cookie
            gate.wait()
            try:
                answers.append(browser.get(reverse("account_preferences")).status_code)
            finally:
                connection.close()

        threads = [threading.Thread(target=ask) for _request in range(self.REQUESTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    @pytest.mark.django_db(transaction=True)
    def test_past_a_minute_one_of_them_asks_and_the_others_wait(self, client, provider: Provider):
        pass_through(client)
        asked = len(provider.asked)
        with later(seconds=60):
            assert self.ask_at_once(client) == self.REQUESTS * [HTTPStatus.OK]
        assert provider.asked[asked:] == ["/token"]

    @pytest.mark.django_db(transaction=True)
    def test_t11_none_of_them_slips_through(self, client, provider: Provider):
        pass_through(client)
        provider.disabled.add(ISAAC["sub"])
        with later(hours=1):
            assert self.ask_at_once(client) == self.REQUESTS * [HTTPStatus.FOUND]

    @pytest.mark.parametrize("unavailable", [False, True])
    def test_while_one_asks_the_others_go_on_by_the_last_answer(self, isaac, client, provider, unavailable):
        asked = len(provider.asked)
        with later(hours=1) if unavailable else later(seconds=50):
            until = timezone.now() + LEASE
            ProviderSession.objects.update(
                asking_until=until,
                unavailable_until=timezone.now() - timedelta(seconds=1) if unavailable else None,
            )
            assert is_in(client)
        assert len(provider.asked) == asked
        assert ProviderSession.objects.get().asking_until == until

    @pytest.mark.django_db(transaction=True)
    def test_a_slow_provider_holds_one_request_and_t11_they_are_out_all_the_same(self, client, provider):
        pass_through(client)
        other, answers, refuse, gate = Client(), [], provider.renew, threading.Event()
        other.cookies["sessionid"] = client.cookies["sessionid"].value
        provider.renew = lambda form: gate.wait(PATIENCE) and refuse(form)
        provider.disabled.add(ISAAC["sub"])

        def ask() -> None:
            try:
                answers.append(is_in(client))
            finally:
                connection.close()

        with later(seconds=50):
            slow = threading.Thread(target=ask)
            slow.start()
            while not ProviderSession.objects.filter(asking_until__isnull=False).exists():
                time.sleep(0.01)
            assert is_in(other)
            assert answers == []
            gate.set()
            slow.join()
            assert answers == [False]
            assert not is_in(other)

    @pytest.mark.django_db(transaction=True)
    def test_a_request_that_died_while_it_asked_holds_nobody_for_long(self, client, provider: Provider):
        pass_through(client)
        with later(seconds=60):
            ProviderSession.objects.update(asking_until=timezone.now() + timedelta(seconds=1))
            assert is_in(client)


@pytest.mark.browser
class TestBrowser:
    """In Chromium, in French: press the button, come back, read what is internal."""

    @pytest.mark.parametrize("with_script", [True, False])
    def test_the_whole_sign_in(self, open_window, provider, internal_fr, check_accessibility, with_script):
        window = open_window(java_script_enabled=with_script)
        window.goto(internal_fr.get_url())
        if with_script:
            check_accessibility(window)
        window.get_by_role("button", name="Se connecter avec Nordet ID").click()
        window.wait_for_url(f"**{internal_fr.get_url()}")
        assert "/authorize" in provider.asked
        window.goto("/fr/account/")
        assert window.get_by_text("Isaac Tremblay").count()

    def test_a_failure_is_told_in_words(self, open_window, provider, check_accessibility, complaints):
        window = open_window()
        provider.on_the_way_back = lambda query: {"state": query["state"], "error": "access_denied",
                                                  "iss": query["iss"]}  # fmt: skip
        window.goto("/fr/account/login/")
        window.get_by_role("button", name="Se connecter avec Nordet ID").click()
        window.wait_for_url("**/account/provider/callback/**")
        check_accessibility(window)
        window.get_by_role("link", name="Retour à la connexion").click()
        window.wait_for_url("**/fr/account/login/")
