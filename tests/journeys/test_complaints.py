"""What a window of the tests complains of: were it deaf, no journey would notice."""

import time

import pytest
from playwright.sync_api import Page as Window

from tests.browser import PATIENCE

pytestmark = pytest.mark.browser

ACTS = {
    "A request left the site: GET https://elsewhere.example/pixel.png": (
        "const link = Object.assign(document.createElement('link'), {rel: 'prefetch',"
        " href: 'https://elsewhere.example/pixel.png'}); document.head.append(link)"
    ),
    "error: said aloud": "console.error('said aloud')",
    "/fr/: thrown": "setTimeout(() => { throw 'thrown' })",
    "Content Security Policy": (
        "const style = document.createElement('style'); style.textContent = 'p { color: red }';"
        " document.head.append(style)"
    ),
}


@pytest.mark.parametrize("words", ACTS)
def test_it_is_heard(page: Window, complaints: list[str], words: str):
    page.goto("/fr/")
    page.evaluate(ACTS[words])
    end = time.monotonic() + PATIENCE / 1_000
    while not complaints and time.monotonic() < end:
        page.wait_for_timeout(20)
    heard = complaints.copy()
    complaints.clear()
    assert any(words in complaint for complaint in heard), heard
