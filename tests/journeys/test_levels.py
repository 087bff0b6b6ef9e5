"""What readers see has levels that can be told apart, whatever the size of the window and of the letters."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from portal.models import PortalSettings
from portal.sharing import ShareTarget
from tests.journeys.conftest import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1360, "height": 900}
PHONES = (320, 360, 390, 412)
LEAST_STEP = 1.1  # how much larger a level is than the next
SMALLEST_META = 14  # px
SIZES = """(levels) => levels.map(
    (level) => parseFloat(getComputedStyle(document.querySelector(level)).fontSize)
)"""
LEVELS = [".article__title", "#conversation-title", "h2.block-heading", ".article__body .block-paragraph"]
META = ".byline__facts, .block-picture__caption, .share-links__link, .comment__time, .site-footer__text"
SMALLER = """([selector, least]) => [...document.querySelectorAll(selector)]
    .filter((element) => parseFloat(getComputedStyle(element).fontSize) < least)
    .map((element) => element.className)"""
OVERFLOW = """() => {
    const root = document.documentElement;
    root.style.fontSize = "200%";
    const goesOver = (element) => element.getBoundingClientRect().right > innerWidth + 1;
    const found = [...document.querySelectorAll("body *")].filter(
        (element) => goesOver(element) && element.checkVisibility() && ![...element.children].some(goesOver));
    const isTooWide = root.scrollWidth > innerWidth;
    root.style.fontSize = "";
    return isTooWide ? found.map((element) => element.outerHTML.slice(0, 160)) : [];
}"""


class TestLevels:
    def test_they_can_be_told_apart_and_large_letters_break_nothing(
        self, make_world, site, open_window
    ) -> None:
        world = make_world("fr")
        PortalSettings.objects.update_or_create(site=site, defaults={"share_targets": ShareTarget.values})
        window = open_window(viewport=WIDE)
        for address in (world.article.url, "/fr/", world.dialogue.url, "/fr/search/?query=bateau"):
            window.goto(address)
            if address == world.article.url:
                check_levels(window)
                check_stops_of_the_keyboard(window)
                check_ways_to_share(window)
            check_large_letters(window)

    def test_two_search_boxes_have_names_of_their_own(self, make_world, open_window) -> None:
        world: World = make_world("fr")
        window = open_window(viewport=WIDE)
        for address in ("/fr/search/", world.article.get_parent().url):
            window.goto(address)
            boxes = window.locator("[role=search]:visible")
            expect(boxes).to_have_count(2)
            names = boxes.evaluate_all("(boxes) => boxes.map((box) => box.ariaLabel)")
            assert all(names)
            assert len(set(names)) == 2


def check_levels(window: Window) -> None:
    sizes = window.evaluate(SIZES, LEVELS)
    assert sizes[2] == 30, "a heading within an article"
    steps = [larger / smaller for larger, smaller in pairwise(sizes)]
    assert min(steps) >= LEAST_STEP, dict(zip(LEVELS, sizes, strict=True))
    assert window.evaluate(SMALLER, [META, SMALLEST_META]) == []


def check_stops_of_the_keyboard(window: Window) -> None:
    """A table is one only where it scrolls."""
    table = window.locator(".block-table").first
    expect(table).not_to_have_attribute("tabindex", "0")
    window.set_viewport_size({"width": PHONES[0], "height": 700})
    expect(table).to_have_attribute("tabindex", "0")
    window.set_viewport_size(WIDE)


def check_ways_to_share(window: Window) -> None:
    """All stand on one row, each with its name and a mark of its own."""
    ways = window.locator(".share-links__link:visible")
    expect(ways).to_have_count(len(ShareTarget) + 1)  # and the printer
    marks = ways.locator("use").evaluate_all("(marks) => marks.map((mark) => mark.href.baseVal)")
    assert len(set(marks)) == len(marks)
    for width in (WIDE["width"], 1030, 375, 320):
        window.set_viewport_size({**WIDE, "width": width})
        rows = ways.evaluate_all("(ways) => [...new Set(ways.map((way) => way.offsetTop))].length")
        assert rows == 1, f"{rows} rows of ways to share at {width} px"
        expect(ways.filter(has_text="LinkedIn")).to_have_accessible_name("LinkedIn")
    window.set_viewport_size(WIDE)


def check_large_letters(window: Window) -> None:
    for width in PHONES:
        window.set_viewport_size({"width": width, "height": 700})
        found = window.evaluate(OVERFLOW)
        assert not found, f"{window.url} scrolls sideways at {width} px, letters twice as large: {found}"
    window.set_viewport_size(WIDE)
