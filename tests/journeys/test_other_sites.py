"""What another site can do and learn in the browser of somebody who is signed in here: nothing (T32, T34)."""

import re
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from time import monotonic
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import Response, Route
from wagtail.models import Locale

from dialogue.models import InternalDialogueIndexPage
from people.models import User
from tests.database import all_rows
from tests.journeys.conftest import ask, publish, sign_in
from tests.samples import every
from tests.trust.addresses import fill_in, routes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHER_SITE = "http://localhost:8999"  # ours is 127.0.0.1: for a browser, another site
REFUSALS = re.compile(r"the server responded with a status of (401|403|404|405|429) ")
NOT_ABOUT_US = re.compile(r"Refused|refused|violates|blocked|ERR_BLOCKED|ERR_FAILED|Cross-Origin")

A_FORM = """<iframe name="frame-{number}"></iframe>
<form target="frame-{number}" method="post" enctype="{enctype}" action="{address}">
<input name="text" value="Bought"></form>
"""
SEND_ALL = "() => [...document.forms].forEach((form) => form.submit())"

# Whatever a page can notice of an address of another site: does it load, as what, how many frames has it.
PROBE = """async (address) => {
    const notice = (element, attribute) => new Promise((tell) => {
        element.onload = () => tell("load");
        element.onerror = () => tell("error");
        element[attribute] = address;
        document.body.append(element);
        setTimeout(() => tell("nothing"), 3000);
    });
    const asked = async (mode) => {
        try {
            const answer = await fetch(address, { mode, credentials: "include" });
            return [answer.type, answer.status, answer.redirected];
        } catch (fault) {
            return fault.name;
        }
    };
    const style = document.createElement("link");
    style.rel = "stylesheet";
    const frame = document.createElement("iframe");
    const seen = {
        picture: await notice(new Image(), "src"),
        script: await notice(document.createElement("script"), "src"),
        style: await notice(style, "href"),
        frame: await notice(frame, "src"),
        framesInside: frame.contentWindow.length,
        object: await notice(document.createElement("object"), "data"),
        plain: await asked("no-cors"),
        cors: await asked("cors"),
    };
    const other = window.open(address);
    await new Promise((go) => setTimeout(go, 1500));
    try {
        seen.window = [other.closed, other.length];
    } catch (fault) {
        seen.window = fault.name;
    }
    return seen;
}"""


@pytest.fixture
def window(open_window: Callable[..., Window], complaints: list[str]) -> Any:
    """A window in which the other site can be visited. What is refused there is as it should be."""
    window = open_window()
    window.context.route(f"{OTHER_SITE}/**", serve_other_site)
    yield window
    window.context.close()  # what it has still to say comes before
    complaints[:] = [
        words for words in complaints if not (REFUSALS.search(words) or NOT_ABOUT_US.search(words))
    ]


def serve_other_site(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Another site</title>")


class TestForms:
    @pytest.mark.parametrize(
        ("enctype", "step"), [("application/x-www-form-urlencoded", 3), ("text/plain", 7)]
    )
    def test_t32_no_form_of_another_site_does_anything(
        self, make_world, window, live_address, administrator, enctype, step
    ):
        make_world("fr")
        window.goto("/admin/")
        sign_in(window, administrator.username)
        before = all_rows()
        paths = every(step, sorted({fill_in(route, {}) for route in routes() if route not in LEFT_OUT}))
        answered = send_from_elsewhere(window, [f"{live_address}{path}" for path in paths], enctype)
        assert len(answered) == len(paths)
        assert {address: status for address, status in answered.items() if status not in REFUSED} == {}
        assert all_rows() == before


# A mail program asks to stop messages, without a browser; the address is the secret, and this one is unknown.
OPEN_TO_MAIL = {"mail/stop/<str:token>/"}
# The browser's driver tells of no request for the sign of a site; it leads on to a file, and takes nothing.
UNTOLD = {"favicon.ico"}
LEFT_OUT = OPEN_TO_MAIL | UNTOLD
REFUSED = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.MOVED_PERMANENTLY,  # an address without its slash: the browser asks again, and sends nothing
}
AT_ONCE = 40
PATIENCE = 60  # seconds


def send_from_elsewhere(window: Window, addresses: list[str], enctype: str) -> dict[str, int]:
    """Send a form to each of the addresses from a page of the other site, in frames, many at once.

    Return how each was answered, once all were, or after a minute without an answer.
    """
    answered: dict[str, int] = {}

    def note(answer: Response) -> None:
        if answer.request.method == "POST":
            answered[answer.url] = answer.status

    window.on("response", note)
    for begin in range(0, len(addresses), AT_ONCE):
        together = addresses[begin : begin + AT_ONCE]
        forms = "".join(
            A_FORM.format(number=number, enctype=enctype, address=escape(address))
            for number, address in enumerate(together)
        )
        window.goto(f"{OTHER_SITE}/")
        window.set_content(f"<!doctype html><title>Win a boat</title>{forms}")
        window.evaluate(SEND_ALL)
        until = monotonic() + PATIENCE
        while len(answered) < begin + len(together) and monotonic() < until:
            window.wait_for_timeout(50)
    return answered


class TestProbes:
    def test_t34_a_page_that_is_there_looks_like_one_that_is_not(
        self, live_address, site, window, employee: User, editor: User
    ):
        french = Locale.objects.get(language_code="fr")
        open_to_them = publish(ask("Entre nous ?"), InternalDialogueIndexPage, french)
        assert open_to_them.get_view_restrictions()
        section = open_to_them.get_parent().get_url()
        window.goto(open_to_them.get_url())
        sign_in(window, employee.username)
        seen = {
            path: probe(window, f"{live_address}{path}")
            for path in (open_to_them.get_url(), f"{section}nulle-part/", f"/admin/?{quote('é')}")
        }
        first, *others = seen.values()
        assert all(other == first for other in others), seen


def probe(window: Window, address: str) -> dict[str, Any]:
    window.goto(f"{OTHER_SITE}/")
    seen = window.evaluate(PROBE, address)
    for other in window.context.pages:
        if other != window:
            other.close()
    return seen
