"""Script sent as words stays words wherever a browser shows it: to readers, to moderators, in mail (T21)."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page as Window

from blog.models import BlogIndexPage, BlogPage
from dialogue.actions import publish_comment
from dialogue.blocks import quotation_of
from mail.actions import process_mail
from moderation.actions import reject_comment
from tests import dialogue
from tests.journeys.conftest import World, publish, sign_in
from tests.samples import so_many
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE_TEXTS = (Path(dialogue.__path__[0]) / "hostile_texts.txt").read_text().splitlines()
WAYS = ("{}", "*{}*", "> {}", "- {}\n- {}", "[{}](https://a.example)", "https://a.example/?q={}")
PAYLOADS = so_many(50, whole=300)
AT_ONCE = 50  # under one article: as many threads as a page shows
IN_MAIL = so_many(20, whole=40)
QUOTED = 12
PREVIEWED = so_many(5, whole=10)

# Everything in the words of a comment that markup cannot make, and everything anywhere that could run.
FOREIGN = """() => {
    const allowed = {
        P: [], BR: [], EM: [], STRONG: [], UL: [], OL: ["start"], LI: [], BLOCKQUOTE: [], A: ["href", "rel"],
    };
    const inWords = [...document.querySelectorAll(".comment__words *")].filter((element) =>
        !(element.tagName in allowed)
        || [...element.attributes].some(({ name }) => !allowed[element.tagName].includes(name)));
    const active = [...document.querySelectorAll("body *")].filter((element) =>
        [...element.attributes].some(({ name, value }) =>
            name.startsWith("on") || /^\\s*(javascript|vbscript|data:text)/i.test(value)));
    return [...inWords, ...active].map((element) => element.outerHTML.slice(0, 200));
}"""
SEND_AS_WITHOUT_SCRIPT = "(form) => HTMLFormElement.prototype.submit.call(form)"
WORDS_SHOWN = "() => document.querySelectorAll('.comment__words').length"


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Iterator[Window]:
    """A window that fails its test when anything opens a box or leads it away."""
    window = open_window()
    boxes: list[str] = []
    window.on("dialog", lambda box: (boxes.append(f"{window.url}: {box.message}"), box.dismiss()))
    yield window
    assert not boxes


def payloads() -> list[str]:
    found = dict.fromkeys(way.replace("{}", text) for way in WAYS for text in HOSTILE_TEXTS)
    return list(islice(found, PAYLOADS))


def check(window: Window, path: str, at_least: int = 0) -> None:
    window.goto(path)
    address = window.url
    assert window.evaluate(FOREIGN) == [], path
    assert window.evaluate(WORDS_SHOWN) >= at_least, path
    assert window.url == address


class TestHostileWords:
    def test_t21_readers_see_words(self, make_world: Callable[[str], World], window: Window):
        world, sent = make_world("fr"), payloads()
        assert len(sent) == PAYLOADS
        for begin in range(0, PAYLOADS, AT_ONCE):
            part = sent[begin : begin + AT_ONCE]
            article = publish(
                BlogPage(title=f"Des mots, {begin}", introduction="<p>Parlez.</p>"),
                BlogIndexPage,
                world.article.locale,
            )
            comments = [say(article, text, name_of(text), may_quote=True) for text in part]
            check(window, article.url, at_least=len(part))
            answer = BlogPage(title=f"Une réponse, {begin}", introduction="<p>Merci.</p>")
            answer.body = [
                ("featured_comment", {"quotation": quotation_of(comment), "why": comment.text[:200]})
                for comment in comments[:QUOTED]
            ]
            check(window, publish(answer, BlogIndexPage, world.article.locale).url)
        for path in ("/fr/search/?query=script", "/fr/search/?query=%3Cscript%3Ealert", "/fr/"):
            check(window, path)

    def test_t21_moderators_see_words(self, make_world, window, administrator):
        world = make_world("fr")
        held = [say(world.article, text, name_of(text), is_published=False) for text in payloads()[:AT_ONCE]]
        window.goto("/admin/")
        sign_in(window, administrator.username)
        first = reverse("moderation_comments:list_comments")
        for path in (
            f"{first}?status=all",
            f"{first}?status=all&p=2",
            "/admin/moderation/ledger/",
            "/admin/",
        ):
            check(window, path)
        for comment in held[:: AT_ONCE // 12]:
            check(window, reverse("moderation_comments:review_comment", args=[comment.public_id]))
            reject_comment(comment, by=administrator, reason_code="other", reason_text=comment.text)
        check(window, reverse("moderation_comments:list_own_decisions"))

    def test_t21_previews_show_words(self, make_world, window):
        world = make_world("fr")
        for text in payloads()[:: PAYLOADS // PREVIEWED]:
            window.goto(world.article.url)
            for name, value in {"name": "Odile", "email": "odile@example.org", "text": text}.items():
                window.locator(f".comment-form [name={name}]").fill(value)
            with window.expect_navigation():
                window.locator(".comment-form form").evaluate(SEND_AS_WITHOUT_SCRIPT)
            assert window.evaluate(FOREIGN) == []
            assert window.evaluate(WORDS_SHOWN) == 2  # as it will look, and under the form to change it

    def test_t21_mail_shows_words(self, make_world, window):
        world, sent = make_world("fr"), payloads()
        mail.outbox = []
        root = say(world.article, "Dites.", "Bertrand Savard", tell_replies=True)
        for text in sent[:: PAYLOADS // IN_MAIL]:
            publish_comment(say(world.article, text, name_of(text), parent=root, is_published=False), by=None)
        while root.participant.mail.filter(status="queued").exists():
            process_mail()
        written = [part.content for message in mail.outbox for part in message.alternatives]
        assert sum("html" in html for html in written) >= IN_MAIL
        for html in written:
            window.set_content(html)
            assert window.evaluate(FOREIGN) == []
            assert window.locator("script, img, iframe, object, embed, svg, form").count() == 0


def name_of(text: str) -> str:
    """Return the payload as somebody's name; names are cleaned and cut."""
    return text[:70] or "x"
