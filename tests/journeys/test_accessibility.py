"""Every main template is fit for all: by axe, on a small phone, in its outline, by keyboard."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import VoicesPage
from demo.cast import DEMO_PASSWORD
from dialogue import links
from dialogue.actions import status_token
from dialogue.models import Comment, FeaturedComment, Follow
from mail.actions import make_link
from tests.journeys.conftest import World, sign_in
from tests.samples import WHOLE, every

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALL_PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
EXPECTED_FAULTS = re.compile(
    r"/(nowhere/.* 404|fail/gone/.* 503|preview/.* (413|422)|participant/erase/.* 422) "
)
OUTLINE = """() => {
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const repeated = ids.filter((id, index) => id && ids.indexOf(id) !== index);
    const titles = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const levels = titles.map((title) => Number(title.tagName[1]));
    const skipped = levels.filter((level, index) => level > (index ? levels[index - 1] : 0) + 1);
    const firsts = levels.filter((level) => level === 1).length;
    return { repeated, skipped, firsts };
}"""
COLOUR_OF_INK = "() => getComputedStyle(document.body).color"
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 120))"""
# Twice as large, with the menu open; then as it was.
IN_LARGE_TEXT = f"""() => {{
    const root = document.documentElement, menu = document.querySelector(".site-header__menu");
    root.style.fontSize = "200%";
    menu?.setAttribute("open", "");
    const found = root.scrollWidth > innerWidth ? ({TOO_WIDE})() : [];
    menu?.removeAttribute("open");
    root.style.fontSize = "";
    return found;
}}"""

# The frame of the search shows what its field has; a card shows what the link of its title has.
SHOWS_FOCUS = """() => {
    const field = document.activeElement;
    const frame = field.closest("[role=search]") || field;
    const styles = [getComputedStyle(field), getComputedStyle(field, "::after"), getComputedStyle(frame)];
    const hasOutline = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return styles.some((style) => hasOutline(style) || style.boxShadow !== "none");
}"""


class TestMainTemplates:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_they_are_fit_for_all(
        self, make_world, open_window, check_accessibility, complaints, employee, settings, language
    ) -> None:
        settings.ROOT_URLCONF = "tests.portal.fault_urls"
        world = make_world(language)
        window = open_window(color_scheme="light", viewport=DESKTOP, locale=f"{language}-CA")
        for place in every_page(window, world, employee.username):
            check_page(window, place, check_accessibility)
        complaints[:] = [words for words in complaints if not EXPECTED_FAULTS.search(words)]


def check_page(window: Window, place: str, check_accessibility: Callable[..., None]) -> None:
    """Check all of a page in the light; in the dark it is the same, in other colours."""
    check_accessibility(window)
    outline = window.evaluate(OUTLINE)
    assert outline == {"repeated": [], "skipped": [], "firsts": 1}, f"{place}: {outline}"
    check_small_phone(window, place)
    # The colours are the same in both languages.
    if WHOLE or window.evaluate("document.documentElement.lang") == "fr":
        check_contrast_in_the_dark(window, place, check_accessibility)


def check_contrast_in_the_dark(window: Window, place: str, check_accessibility: Callable[..., None]) -> None:
    only = {"type": "rule", "values": ["color-contrast"]}
    light = window.evaluate(COLOUR_OF_INK)
    window.emulate_media(color_scheme="dark")
    assert window.evaluate(COLOUR_OF_INK) != light, f"{place} is written in the same ink in the dark"
    check_accessibility(window, only)
    window.emulate_media(color_scheme="light")


def check_small_phone(window: Window, place: str) -> None:
    window.set_viewport_size(SMALL_PHONE)
    is_too_wide = window.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not is_too_wide, f"{place} scrolls sideways: {window.evaluate(TOO_WIDE)}"
    found = window.evaluate(IN_LARGE_TEXT)
    assert not found, f"{place} scrolls sideways where text is twice as large: {found}"
    window.set_viewport_size(DESKTOP)


def every_page(window: Window, world: World, username: str) -> Iterator[str]:
    """Open one page after the other, and say which is open."""
    language = world.language
    with override(language):
        comment, dialogue = f"/{language}/conversation/{world.comment.public_id}", world.dialogue.url
        places = {
            "home": f"/{language}/",
            "articles": world.article.get_parent().url,
            "articles about a topic": f"{world.article.get_parent().url}?topic=horaires",
            "an article": world.article.url,
            "an article that features a comment": world.answer.url,
            "voices": VoicesPage.objects.get(locale__language_code=language).url,
            "dialogues": world.dialogue.get_parent().url,
            "a dialogue": dialogue,
            "a plain page": world.rules.url,
            "search": f"/{language}/search/",
            "search results": f"/{language}/search/?query=bateau",
            "reply": f"{comment}/reply/",
            "thread": f"{comment}/thread/",
            "flagging": f"{comment}/flag/",
            "flagged": f"{comment}/flag/sent/",
            "following": f"/{language}/conversation/{world.article.pk}/follow/?done=asked",
            "following a thread": f"{comment}/thread/follow/",
            "confirming what to follow": following(world),
            "status": f"/{language}/conversation/status/{status_token(world.held.idempotency_key)}/",
            "status before the address is confirmed": f"{status_of(world.unverified)}?asked=again",
            "confirming several": confirming(world.unverified),
            "a request to be quoted": answering(world, is_waiting=True),
            "a quotation that can be replied to": answering(world, is_waiting=False),
            "a closed link": f"/{language}/conversation/confirm/none/",
            "asking for the personal page": f"/{language}/conversation/participant/?asked=link",
            "opening the personal page": opening(world.unverified),
            "how long what is kept": f"/{language}/data/retention/",
            "somebody was erased": f"/{language}/data/erased/",
            "sharing": f"/{language}/share/mastodon/?page={world.article.pk}",
            "forgotten password": f"/{language}/account/password/reset/",
            "missing": f"/{language}/nowhere/",
            "database gone": f"/{language}/fail/gone/",
        }
        internal = {
            "internal dialogues": world.internal_dialogue.get_parent().url,
            "an internal dialogue": world.internal_dialogue.url,
            "preferences": f"/{language}/account/",
            "own comments and choices": f"/{language}/conversation/participant/",
            "own comments, wrongly narrowed": f"/{language}/conversation/participant/?state=bogus",
            "following with an account": f"/{language}/conversation/{world.article.pk}/follow/",
            "signing out": f"/{language}/account/logout/",
        }
    yield from visit(window, language, places)
    window.goto(opening(world.unverified))
    with window.expect_navigation():
        window.locator("main form button").click()
    yield "personal page"
    window.goto(f"/{language}/conversation/participant/{world.unverified.public_id}/edit/")
    yield "changing a comment"
    window.goto(f"/{language}/conversation/participant/{world.unverified.public_id}/versions/")
    yield "versions of one's own comment"
    window.goto(f"/{language}/conversation/participant/?saved=consents")
    yield "personal page, when something was chosen"
    window.goto(f"/{language}/conversation/participant/erase/")
    with window.expect_navigation():
        window.locator("main form button").click()
    yield "erasing oneself without being sure"
    window.goto(f"/{language}/conversation/participant/")
    with window.expect_navigation():
        window.locator("main form button").first.click()
    yield "personal page of a trusted device"
    window.goto(dialogue)
    fill_and_send(window, text="*Deux* mots.", name="Odile Grandmaison", email="odile@example.org")
    yield "preview"
    window.goto(dialogue)
    fill_and_send(window, text="Un mot.", name="", email="nobody")
    expect(window.locator("[data-error-summary]")).to_be_visible()
    yield "preview with errors"
    window.goto(dialogue)
    fill_and_send(window, text="a" * 2_600_000)
    yield "too much at once"
    window.goto(f"/{language}/account/login/")
    window.locator("[name=login]").fill("nobody")
    window.locator("[name=password]").fill("nothing")
    with window.expect_navigation():
        window.locator("form:has([name=password]) button").click()
    yield "sign-in with errors"
    sign_in(window, username)
    yield from visit(window, language, internal)
    window.goto(f"/{language}/account/erase/")
    window.locator("main [name=password]").fill(DEMO_PASSWORD)
    with window.expect_navigation():
        window.locator("main form:has([name=password]) button").click()
    yield "erasing one's account"


def status_of(comment: Comment) -> str:
    return f"/{comment.language}/conversation/status/{status_token(comment.idempotency_key)}/"


def confirming(comment: Comment) -> str:
    token = make_link(comment.participant, links.CONFIRM)
    return f"/{comment.language}/conversation/confirm/{token}/"


def following(world: World) -> str:
    person = world.unverified.participant
    for page in (world.article, world.dialogue):
        Follow.objects.create(participant=person, page=page, asked_at=timezone.now())
    return f"/{world.language}/conversation/follow/{make_link(person, links.FOLLOW)}/"


def answering(world: World, *, is_waiting: bool) -> str:
    """Return the link to what the article quotes, or to another excerpt of it that somebody asks for."""
    quotation = FeaturedComment.objects.get(page=world.answer, asked_at=None)
    person = quotation.comment.participant
    if is_waiting:
        quotation.pk, quotation.placed_at, quotation.name_form = None, None, "initials"
        quotation.asked_at = timezone.now()
        quotation.answer_by = quotation.asked_at + timedelta(days=7)
        quotation.save(force_insert=True)
    token = make_link(person, links.QUOTATION, cause=str(quotation.pk))
    return f"/{world.language}/conversation/quotation/{token}/"


def opening(comment: Comment) -> str:
    token = make_link(comment.participant, links.PERSONAL)
    return f"/{comment.language}/conversation/participant/link/{token}/"


def visit(window: Window, language: str, places: dict[str, str]) -> Iterator[str]:
    """Open all of them in French; in English, in which other words stand in the same pages, every third."""
    for place, address in every(3 if language == "en" else 1, places.items()):
        window.goto(address)
        yield place


def fill_and_send(window: Window, **words: str) -> None:
    """Send the form as a browser without script does, to the preview."""
    with window.expect_navigation():
        window.evaluate(
            """(words) => {
                const form = document.querySelector("comment-form form");
                for (const [name, value] of Object.entries(words)) form.elements[name].value = value;
                form.submit();
            }""",
            words,
        )


class TestKeyboard:
    def test_everything_is_reached_and_seen(self, make_world, page) -> None:
        world = make_world("fr")
        page.goto(world.article.url)
        page.keyboard.press("Tab")
        assert focused(page) == "#content"
        expect(page.locator(".skip-link")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()

        page.goto(world.article.url)
        seen = []
        for place in tab_through(page, 120):
            seen.append(place)
            if place == "text":  # the box comes with the ticket, which a person has time to wait for
                expect(page.locator("comment-form [name=tell_me]")).to_be_visible()
        for place in ("/fr/", "/fr/articles/", "query", "text", "name", "email", "quoting", "tell_me"):
            assert place in seen, f"{place} is not reached by keyboard: {seen}"

    def test_a_reply_is_written_and_given_up(self, make_world, page) -> None:
        world = make_world("fr")
        page.goto(world.article.url)
        reply = page.locator(f"#{world.comment.anchor} .comment__reply")
        reply.focus()
        page.keyboard.press("Enter")
        expect(page.locator("comment-form [name=text]")).to_be_focused()
        title = page.locator(".comment-form__title")
        expect(title).to_have_text("Votre réponse")
        cancel = page.locator("[data-cancel-reply]")
        cancel.focus()
        page.keyboard.press("Enter")
        expect(reply).to_be_focused()
        expect(page.locator("comment-form [name=parent]")).to_have_value("")
        expect(title).to_have_text("Ajoutez votre voix")

    def test_the_menu_of_a_small_screen_opens(self, make_world, open_window) -> None:
        make_world("fr")
        window = open_window(viewport=SMALL_PHONE)
        window.goto("/fr/")
        menu = window.locator(".site-header__menu summary")
        menu.focus()
        window.keyboard.press("Enter")
        link = window.locator(".site-header__menu a[href='/fr/articles/']")
        expect(link).to_be_visible()
        link.focus()
        window.keyboard.press("Enter")
        expect(window).to_have_url(re.compile("/fr/articles/$"))


def focused(window: Window) -> str:
    """Return what tells the focused element apart: the name of a field, or the path of a link."""
    return window.evaluate(
        "() => document.activeElement.name || document.activeElement.getAttribute('href') || ''"
    )


def tab_through(window: Window, steps: int) -> Iterator[str]:
    """Press Tab, and see each time that the focused element shows it."""
    for _step in range(steps):
        window.keyboard.press("Tab")
        if window.evaluate("() => document.activeElement === document.body"):
            return
        assert window.evaluate(SHOWS_FOCUS), f"The focus is not seen on {focused(window)}"
        yield focused(window)
