"""The admin runs under a content policy without exceptions, on every screen (G07)."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page as Window

from people.models import User
from tests.journeys.conftest import World, sign_in
from tests.samples import WHOLE, so_many

pytestmark = pytest.mark.browser
# Lists of Wagtail's own, which differ from others in words alone: the whole looks at them, a sample does not.
ALIKE = re.compile(r"reports:|workflows:|history$|usage$|type_use$")
SCREENS = so_many(35, whole=60)
WINDOWS = 4
# Some screens ask again and again, and are never silent: scripts have had their say when nothing is due.
AT_REST = "() => new Promise(done => requestIdleCallback(done, {timeout: 5000}))"
WAYS_OUT = re.compile(
    r"/logout|/account/|export=|/styleguide/|\.(?:csv|xlsx)$|/view_draft/|/documents/|/bulk/|#"
)


def screens_linked_from(window: Window) -> Iterator[tuple[str, str]]:
    """Yield the kind and the address of every screen of the admin that this one leads to."""
    for address in window.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
        path = address.split("//", 1)[-1].partition("/")[2]
        path = "/" + path
        if not path.startswith("/admin/") or WAYS_OUT.search(path):
            continue
        try:
            kind = resolve(path.partition("?")[0]).view_name
        except Resolver404:
            continue
        if WHOLE or not ALIKE.search(kind):
            yield kind, path


def test_every_screen_keeps_to_the_policy(
    open_window: Callable[..., Window], make_world: Callable[[str], World], administrator: User
):
    make_world("fr")
    first = open_window()
    first.goto("/admin/")
    sign_in(first, administrator.username)
    # Most of the time a screen waits for what its scripts ask for: several wait together.
    windows = [first, *(first.context.new_page() for _more in range(WINDOWS - 1))]
    waiting, seen = {"wagtailadmin_home": "/admin/"}, set()
    while waiting:
        opened = [(window, *waiting.popitem()) for window in windows[: len(waiting)]]
        for window, kind, path in opened:
            seen.add(kind)
            response = window.goto(path, wait_until="commit")
            assert response.status < 400, f"{kind} {path}"
            policy = response.headers["content-security-policy"]
            assert "script-src 'self' 'unsafe-hashes' 'sha256-" in policy, path
        for window, _kind, _path in opened:
            window.wait_for_load_state("load")
            window.evaluate(AT_REST)
            waiting |= {kind: path for kind, path in screens_linked_from(window) if kind not in seen}
    assert len(seen) >= SCREENS, sorted(seen)
