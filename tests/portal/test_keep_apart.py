"""The portal and other sites in the same browser: what its headers say, and what it refuses (T33–T35)."""

import importlib
import sys
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialogue.models import DialoguePage
from dialogue.tickets import issue_ticket
from people.models import Participant
from tests.portal.observatory import count_points
from tests.portal.test_settings import SAMPLE

A_PLUS = 130
HOST = SAMPLE["PARLEY_HOSTS"]
SENT_BY_A_FORM = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
A_LINK = SENT_BY_A_FORM
A_PICTURE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
A_FRAME = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
A_NEIGHBOUR = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
BY_ITSELF = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
TYPED = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.fixture
def in_production(site: object, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    """Answer as production does, so far as settings say what leaves in the headers."""
    for name, value in SAMPLE.items():
        monkeypatch.setenv(name, value)
    production = importlib.import_module("portal.settings.production")
    for name in dir(production):
        if name.startswith(("SECURE_", "SESSION_COOKIE", "CSRF_", "LANGUAGE_COOKIE", "GUEST_", "X_FRAME")):
            setattr(settings, name, getattr(production, name))
    settings.ALLOWED_HOSTS = production.ALLOWED_HOSTS
    yield lambda: Client(headers={"host": HOST})
    sys.modules.pop("portal.settings.production", None)


@pytest.fixture
def internal(internal_fr, administrator) -> DialoguePage:
    page = DialoguePage(title="Entre nous", slug="entre-nous", question="Et vous ?", owner=administrator)
    internal_fr.add_child(instance=page)
    page.save_revision(user=administrator).publish()
    return page


class TestObservatory:
    """Eight kinds of page, by the rules of Mozilla's HTTP Observatory."""

    ROUTES = (
        "/fr/",
        "/en/articles/",
        "/fr/dialogues/",
        "/fr/search/?query=quai",
        "/fr/account/login/",
        "/en/account/password/reset/",
        "/fr/conversation/participant/",
        "/fr/nowhere/",
    )

    @pytest.mark.parametrize("path", ROUTES)
    def test_each_has_an_a_plus(self, in_production, path):
        answer = in_production().get(path, secure=True)
        assert answer.status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}, path
        points = count_points(answer.headers, answer.cookies, answer.content.decode())
        assert points >= A_PLUS, dict(answer.headers)

    def test_the_admin_has_one_too(self, in_production, signed_in, editor):
        client = in_production()
        client.force_login(editor)
        answer = client.get(reverse("wagtailadmin_home"), secure=True)
        assert answer.status_code == HTTPStatus.OK
        points = count_points(answer.headers, answer.cookies, answer.content.decode())
        assert points >= A_PLUS

    @pytest.mark.parametrize(
        ("header", "value", "cost"),
        [
            ("Content-Security-Policy", "", -45),  # the policy, its bonus, and what it says of frames stays
            ("Content-Security-Policy", "default-src 'none'; script-src 'self' 'unsafe-inline'", -45),
            ("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'", -10),
            ("Content-Security-Policy", "default-src 'self'", -5),
            ("Strict-Transport-Security", "", -50),
            ("Strict-Transport-Security", "max-age=60", -10),
            ("Referrer-Policy", "unsafe-url", -10),
            ("X-Content-Type-Options", "", -5),
            ("Cross-Origin-Resource-Policy", "", -10),
            ("Cross-Origin-Resource-Policy", "anybody", -15),
        ],
    )
    def test_the_reckoning_can_fail(self, in_production, header, value, cost):
        answer = in_production().get("/fr/", secure=True)
        page = answer.content.decode()
        before = count_points(answer.headers, answer.cookies, page)
        headers = {**answer.headers, header: value}
        after = count_points(headers, answer.cookies, page)
        assert after < before
        if before + cost >= A_PLUS - 30:  # no bonus is lost
            assert after - before == cost

    def test_a_cookie_without_its_guards_costs(self):
        loose = SimpleCookie("sessionid=1")
        good = {
            "Content-Security-Policy": "default-src 'none'",
            "Strict-Transport-Security": "max-age=31536000",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        assert count_points(good, {}, "") == 115
        assert count_points(good, loose, "") == 70
        assert count_points(good, {}, '<script src="https://elsewhere.example/x.js">') == 50


class TestOtherSites:
    @pytest.mark.parametrize("headers", [A_PICTURE, A_FRAME, A_NEIGHBOUR])
    @pytest.mark.parametrize(
        "path", ["{internal}", "/fr/interne/nowhere/", "/fr/", "/admin/", "/fr/nowhere/"]
    )
    def test_t34_nothing_is_learnt_in_the_name_of_somebody_signed_in(
        self, signed_in, employee, internal, path, headers
    ):
        """Every address answers alike, byte for byte, before the session is looked up."""
        client = signed_in(employee)
        answers = [
            client.get(address, headers=headers)
            for address in (path.format(internal=internal.url), "/fr/no/")
        ]
        assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}
        assert answers[0].content == answers[1].content
        assert answers[0]["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("headers", [A_LINK, BY_ITSELF, TYPED, {}])
    def test_t34_links_and_our_own_pages_are_welcome(self, signed_in, employee, internal, headers):
        answer = signed_in(employee).get(internal.url, headers=headers)
        assert answer.status_code == HTTPStatus.OK

    @pytest.mark.parametrize("headers", [SENT_BY_A_FORM, A_NEIGHBOUR, A_FRAME])
    def test_t32_nothing_is_sent_in_the_name_of_a_guest(self, client, site, articles_fr, headers):
        client.cookies[project.GUEST_COOKIE_NAME] = "a-device"
        ticket = issue_ticket(articles_fr.pk)
        form = {"ticket_key": ticket.key, "ticket_time": ticket.time, "text": "Bonjour", "name": "Camille"}
        path = reverse("create_comment", args=[articles_fr.pk])
        assert client.post(path, form, headers=headers).status_code == HTTPStatus.FORBIDDEN
        assert not Participant.objects.filter(name="Camille").exists()

    @pytest.mark.parametrize("headers", [A_PICTURE, A_FRAME, A_NEIGHBOUR])
    def test_whoever_brings_no_cookie_is_a_stranger_and_served_as_one(self, client, site, headers):
        plain, foreign = client.get("/fr/"), client.get("/fr/", headers=headers)
        assert foreign.status_code == HTTPStatus.OK
        assert foreign.content == plain.content
        assert not foreign.cookies

    def test_the_page_that_refuses_speaks_the_language_of_the_address(self, signed_in, employee):
        client = signed_in(employee)
        for language, words in (("fr", "vous"), ("en", "you")):
            answer = client.get(f"/{language}/", headers=A_PICTURE)
            assert answer["Content-Language"] == language
            assert words in answer.content.decode()


class TestHeaders:
    """T33 and T35: who may frame us, and who may keep what we say."""

    def everywhere(self, internal: DialoguePage) -> tuple[str, ...]:
        return (
            "/fr/",
            "/en/articles/",
            "/fr/dialogues/",
            "/fr/search/?query=a",
            "/fr/account/login/",
            "/fr/nowhere/",
            "/fr/feeds/articles.atom",
            "/sitemap.xml",
            internal.url,
            f"{internal.url}x.css",
            "/fr/interne/nowhere/style.css",
        )

    def test_t33_public_pages_are_in_nobodys_frame(self, client, internal):
        for path in self.everywhere(internal):
            answer = client.get(path)
            assert answer["X-Frame-Options"] == "DENY", path
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path

    def test_t33_the_admin_is_in_its_own_frame_alone(self, signed_in, editor):
        answer = signed_in(editor).get(reverse("wagtailadmin_home"))
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert "'unsafe-inline'" not in directive(answer, "script-src")

    def test_t35_what_is_answered_to_somebody_is_kept_by_nobody(
        self, signed_in, employee, editor, administrator, internal
    ):
        for user in (employee, editor, administrator):
            client = signed_in(user)
            for path in (*self.everywhere(internal), "/admin/", "/fr/account/"):
                answer = client.get(path)
                kept = answer.get("Cache-Control", "")
                assert "no-store" in kept or "no-cache" in kept, f"{user}: {path} says “{kept}”"
                assert "public" not in kept, path
                assert "Cookie" in answer.get("Vary", ""), path

    def test_t35_a_suffix_makes_no_page_a_style_sheet(self, client, signed_in, employee, internal):
        for path in (f"{internal.url}x.css", f"{internal.url}..%2fx.js", f"{internal.url};x.png"):
            assert client.get(path).status_code == HTTPStatus.FOUND, path  # as every address there
            answer = signed_in(employee).get(path)
            assert answer.status_code == HTTPStatus.NOT_FOUND, path
            assert "Et vous ?" not in answer.content.decode()

    @pytest.mark.parametrize("host", ["elsewhere.example", "testserver:80@elsewhere.example", "a b", "[::1"])
    def test_t35_another_host_is_refused_and_not_repeated(self, client, site, host):
        answer = client.get("/fr/", headers={"host": host})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "elsewhere.example" not in answer.content.decode()

    @pytest.mark.parametrize(
        "header",
        ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Forwarded-Server"],
    )
    def test_t35_what_a_visitor_says_of_the_host_changes_nothing(self, client, site, header):
        plain = client.get("/fr/account/password/reset/")
        told = client.get("/fr/account/password/reset/", headers={header: "elsewhere.example"})
        assert told.status_code == plain.status_code
        assert "elsewhere.example" not in told.content.decode() + str(told.headers)

    def test_every_answer_says_who_may_use_it(self, client, internal):
        for path in self.everywhere(internal):
            answer = client.get(path)
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin", path
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin", path
            assert "camera=()" in answer["Permissions-Policy"], path


def directive(answer: HttpResponse, name: str) -> str:
    policy = answer["Content-Security-Policy"]
    return next(part for part in policy.split(";") if part.split()[0] == name)
