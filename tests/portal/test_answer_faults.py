"""Faults are told in the reader's language, without a database, and give typed words back (F07, F21, L20)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.test import Client, RequestFactory

from portal import views
from portal.views.faults import RETRY_AFTER, render_fault

pytestmark = pytest.mark.database

WORDS = "Bonjour,\n\nvoici <b>mon</b> avis & deux idées."
EXPECTED = {
    400: "This request makes no sense to us",
    403: "This is not open to you",
    404: "Nothing at this address",
    405: "This address only takes forms",
    413: "That is too long for us",
    429: "A little slower, please",
    500: "Something broke on our side",
    503: "We cannot answer just now",
}


@pytest.fixture
def faulty(settings: object, client: Client) -> Client:
    """A client of a site on which things go wrong; it meets the answers, not the exceptions."""
    settings.ROOT_URLCONF = "tests.portal.fault_urls"
    client.raise_request_exception = False
    return client


# These tests may not touch the database: pytest-django would fail them.


@pytest.mark.parametrize(("status", "title"), EXPECTED.items())
def test_every_fault_has_a_page_in_english_without_a_database(status: int, title: str) -> None:
    response = render_fault(RequestFactory().get("/en/x/"), status)
    page = response.text
    assert response.status_code == status
    assert title in page
    assert '<html lang="en">' in page
    assert "style=" not in page
    assert "<script" not in page
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("status", EXPECTED)
def test_the_prefix_of_the_address_decides_the_language(status: int) -> None:
    page = render_fault(RequestFactory().get("/fr/x/", headers={"accept-language": "en"}), status).text
    assert '<html lang="fr">' in page
    assert 'href="/fr/"' in page


def test_without_a_prefix_the_browser_decides_the_language() -> None:
    request = RequestFactory().get("/documents/7/", headers={"accept-language": "en-CA,en;q=0.9"})
    response = views.not_found(request)
    assert '<html lang="en">' in response.text
    assert "Accept-Language" in response["Vary"]


def test_what_is_not_found_and_what_is_hidden_read_alike() -> None:
    first, second = (views.not_found(RequestFactory().get(f"/en/{slug}/")) for slug in ("secret", "missing"))
    assert first.content == second.content


def test_an_expired_form_gives_the_words_back() -> None:
    request = RequestFactory().post("/en/x/", {"text": WORDS, "name": "Ngoc-Lan"})
    page = views.csrf_failure(request).text
    assert "This form had waited too long" in page
    assert ">Bonjour,\n\nvoici" in page  # not a space more than was typed
    assert "voici &lt;b&gt;mon&lt;/b&gt; avis &amp; deux idées." in page
    assert "Ngoc-Lan" in page


def test_f21_too_many_bytes_are_refused_as_too_long() -> None:
    response = views.bad_request(RequestFactory().get("/en/x/"), RequestDataTooBig())
    assert response.status_code == 413


# Through the whole site.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "status"),
    [("suspicious", 400), ("forbidden", 403), ("broken", 500), ("gone", 503), ("locked", 503)],
)
def test_a_fault_in_a_view_is_told_without_its_details(faulty: Client, fault: str, status: int) -> None:
    response = faulty.get(f"/en/fail/{fault}/")
    assert response.status_code == status
    assert EXPECTED[status] in response.text
    assert "canary-of-the-fault" not in response.text
    assert response["X-Request-ID"] in response.text


@pytest.mark.django_db
def test_f07_a_locked_database_says_when_to_come_back_and_keeps_the_words(faulty: Client) -> None:
    response = faulty.post("/fr/fail/locked/", {"text": WORDS, "name": "Ngoc-Lan"})
    assert response.status_code == 503
    assert response["Retry-After"] == str(RETRY_AFTER)
    assert "voici &lt;b&gt;mon&lt;/b&gt; avis" in response.text
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_f21_what_is_longer_than_a_form_may_be_is_refused_before_it_is_read(faulty: Client) -> None:
    too_long = "text=" + "a" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = faulty.post("/en/write/", too_long, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert EXPECTED[413] in response.text


@pytest.mark.django_db
def test_f21_too_many_fields_are_refused(faulty: Client) -> None:
    fields = "&".join(f"a{number}=1" for number in range(django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    response = faulty.post("/en/write/", fields, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


@pytest.mark.django_db
def test_a_form_opened_by_itself_is_explained(faulty: Client) -> None:
    response = faulty.get("/en/write/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert EXPECTED[405] in response.text


@pytest.mark.django_db(transaction=True)
def test_f07_a_database_held_by_another_writer_is_a_503_with_the_words(faulty: Client) -> None:
    with another_writer():
        response = faulty.post("/fr/write/", {"text": WORDS, "name": "Ngoc-Lan", "ticket_key": "k-1"})
    assert response.status_code == 503
    assert '<form method="post" action="/fr/write/">' in response.text
    assert '<input type="hidden" name="ticket_key" value="k-1">' in response.text
    assert "voici &lt;b&gt;mon&lt;/b&gt; avis" in response.text
    assert faulty.post("/fr/write/", {"text": "Quais"}).text == "written"


@pytest.mark.django_db(transaction=True)
def test_f07_a_database_that_is_gone_is_a_503_and_the_process_lives(faulty: Client) -> None:
    with absent_database():
        response = faulty.get("/fr/write/")
        assert response.status_code == 503
        assert '<html lang="fr">' in response.text
    assert faulty.get("/fr/write/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_readiness_says_what_is_missing_and_life_goes_on(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    with absent_database():
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.text == "not reachable: database\n"
        assert client.get("/healthz").status_code == 200


@contextmanager
def another_writer() -> Iterator[None]:
    """Hold the database as a long write would; our own connection waits a tenth of a second only."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        wait, hold = "PRAGMA busy_timeout = 100", "BEGIN IMMEDIATE"
    else:
        parameters = connection.get_connection_params()
        other = psycopg.connect(
            **{
                name: parameters[name]
                for name in ("dbname", "user", "password", "host", "port")
                if name in parameters
            }
        )
        wait, hold = "SET lock_timeout = '100ms'", "LOCK TABLE portal_topic IN ACCESS EXCLUSIVE MODE"
    with connection.cursor() as cursor:
        cursor.execute(wait)
    other.execute(hold)
    try:
        yield
    finally:
        other.rollback()
        other.close()
        connection.close()


@contextmanager
def absent_database() -> Iterator[None]:
    """Move the database out of reach."""
    kept = dict(connection.settings_dict)
    connection.close()
    elsewhere = {"NAME": "/nowhere/at/all.sqlite3"} if connection.vendor == "sqlite" else {"PORT": "1"}
    connection.settings_dict.update(elsewhere)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)
