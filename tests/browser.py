"""Fixtures for tests that drive a real Chromium through the live server.

Every window fails its test when the page complains in the console or asks anything of another machine.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import LazySettings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

PATIENCE = 60_000  # milliseconds: a busy machine is no fault
PROGRAMS = (
    "chromium-headless-shell",  # the same without a frame around it, in half the time
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
# Nothing that moves is looked at: a fifth of the work of a window is spared, and what is there stands still.
OPTIONS = {"locale": "fr-CA", "reduced_motion": "reduce"}
LOCAL_SCHEMES = {"about", "blob", "data"}
LOCAL_HOSTS = ("127.0.0.1", "localhost")
# What a machine without a screen, with little shared memory, and without the right to sandboxes needs.
# Chromium keeps pages of other sites from asking this machine for anything: tests of what such pages can do
# here would see nothing.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-features=LocalNetworkAccessChecks",
    # Nothing is asked of another machine. (A route of Playwright's would ask this process about each request,
    # and keep no file from one page to the next: pages would take five times as long.)
    "--host-resolver-rules=" + " , ".join(["MAP * ~NOTFOUND", *(f"EXCLUDE {host}" for host in LOCAL_HOSTS)]),
]
# Wagtail 8.0 saves drafts by itself, to the address of the editor, and answers 400 to one that is not yet
# complete, or that comes while its form is published: nothing is lost, the next is saved or the page is left.
NOT_SAVED_BY_ITSELF = re.compile(
    r"\S+/admin/pages/(?:add/\S+|\d+/edit/)\S* Failed to load resource: .* 400 .*"
)
RUN_AXE = "options => axe.run(options).then(({violations}) => ({violations}))"
# `preload` is off below: axe would fetch what our style sheet imports from the wrong folder.
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_chromium() -> str | None:
    """Return the path of Chromium, or None for the one that Playwright downloads."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each worker."""
    # From here on Django keeps the connections of this thread in another place (`tests.children`): one that
    # is open would stay so to the end.
    connections.close_all()
    with sync_playwright() as playwright:
        # Playwright's synchronous interface keeps an event loop in this thread, which makes Django refuse the
        # database here. The loop never runs our code: the refusal protects nobody.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with files_to_keep():
            yield browser
        browser.close()


@contextmanager
def files_to_keep() -> Iterator[None]:
    """Let browsers keep static files, as they keep those of a real portal, whose names change with them."""
    serve = StaticFilesHandler.serve

    def serve_and_say_so(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponse:
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(StaticFilesHandler, "serve", serve_and_say_so)
        yield


@pytest.fixture
def live_address(live_server: LiveServer, site: Site, settings: LazySettings) -> str:
    """The address under which the portal is served; it knows itself by that address."""
    site.hostname = live_server.thread.host
    site.port = live_server.thread.port
    site.save()
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    return live_server.url


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the windows of this test complained of. A test that expects a complaint removes it."""
    found: list[str] = []
    yield found
    assert not found, "The browser complained:\n" + "\n".join(found)


@pytest.fixture
def open_window(browser: Browser, live_address: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a window with a cookie jar of its own: `open_window(java_script_enabled=False)`.

    The options are those of Playwright's contexts; addresses may be given without the host.
    """
    contexts: list[BrowserContext] = []

    def open_one(**options: object) -> Page:
        context = browser.new_context(**{**OPTIONS, "base_url": live_address, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        # Events cost: what is asked of another machine fails (see FLAGS), the rest need not be heard of.
        context.on("requestfailed", note_request)
        context.on("console", note_message)
        context.on(
            "weberror", lambda error: complaints.append(f"{error.page and error.page.url}: {error.error}")
        )
        return context.new_page()

    def note_request(request: Request) -> None:
        if leaves_the_site(request.url):
            complaints.append(f"A request left the site: {request.method} {request.url}")

    def note_message(message: ConsoleMessage) -> None:
        place = message.page.url if message.page else ""
        if NOT_SAVED_BY_ITSELF.fullmatch(f"{message.location['url']} {message.text}"):
            return
        # A browser warns of whatever its next version will do otherwise. What breaks our policy is an error.
        if message.type == "error" or "Content Security Policy" in message.text:
            complaints.append(f"{place}: {message.type}: {message.text}")

    yield open_one
    for context in contexts:
        context.close()


def leaves_the_site(url: str) -> bool:
    """Whether an address belongs to another machine."""
    parts = urlsplit(url)
    return parts.scheme not in LOCAL_SCHEMES and parts.hostname not in LOCAL_HOSTS


@pytest.fixture
def page(open_window: Callable[..., Page]) -> Page:
    """A window in French, signed out, with scripts on."""
    return open_window()


@pytest.fixture
def check_accessibility() -> Callable[..., None]:
    """Return a check that axe finds nothing on the page that a window shows."""

    def check(page: Page, rules: object = AXE_RULES) -> None:
        options = {"runOnly": rules, "preload": False, "resultTypes": ["violations"]}
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        results = AxeResults(page.evaluate(RUN_AXE, options))
        scheme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
        assert results.violations_count == 0, f"{page.url}, {scheme}\n{results.generate_report()}"

    return check
