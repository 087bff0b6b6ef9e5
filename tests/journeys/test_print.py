"""A sheet worth printing: the article and its conversation, black on white, and nothing else."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import VoicesPage
from tests.journeys.conftest import sign_in
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROME = [
    *(".site-header", ".site-footer", ".skip-link", ".breadcrumbs", ".share-links", ".tag-list"),
    *("comment-form", ".comment__foot", ".conversation__tools", ".related", ".feed-link", "wagtail-userbar"),
]


@pytest.fixture
def paper(open_window):
    """A window that shows what a printer would get, dark theme or not."""
    window = open_window(color_scheme="dark")
    window.emulate_media(media="print")
    return window


class TestPrint:
    def test_an_article_is_printed_with_its_conversation(self, make_world, paper) -> None:
        world = make_world("fr")
        paper.goto(world.article.url)
        for chrome in CHROME:
            for part in paper.locator(chrome).all():
                expect(part).to_be_hidden()
        expect(paper.get_by_role("heading", level=1)).to_be_visible()
        expect(paper.locator(".print-address")).to_have_text(world.article.full_url)
        expect(paper.locator(f"#{world.comment.anchor}")).to_be_visible()
        expect(paper.locator("#conversation article")).to_have_count(3)
        for answer in paper.locator(".article details > :not(summary)").all():
            expect(answer).to_be_visible()
        colours = paper.evaluate(
            "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]

    def test_voices_are_printed_with_the_pages_that_quote_them(self, make_world, paper) -> None:
        world = make_world("fr")
        paper.goto(VoicesPage.objects.get(locale__language_code="fr").url)
        expect(paper.locator(".voice__name")).to_have_text(world.comment.author_name)
        expect(paper.locator(".voices__places")).to_contain_text(world.answer.title)
        for chrome in CHROME:
            for part in paper.locator(chrome).all():
                expect(part).to_be_hidden()
        colour = "(voice) => getComputedStyle(voice).backgroundColor"
        assert paper.locator(".voices__item").evaluate(colour) == "rgb(255, 255, 255)"

    def test_nothing_is_dark_on_dark_and_nothing_is_cut(self, make_world, answerer, paper) -> None:
        world = make_world("fr")
        say(world.article, "Nous en ajoutons.", user=answerer, for_organisation=True)
        paper.goto(world.article.url)
        grounds = "(parts) => [...new Set(parts.map((part) => getComputedStyle(part).backgroundColor))]"
        for label in (".side-badge", ".article__body .button"):
            assert paper.locator(label).evaluate_all(grounds) == ["rgba(0, 0, 0, 0)"], label
        cuts = "(parts) => [...new Set(parts.map((part) => getComputedStyle(part).breakInside))]"
        for whole in ("figure:not(.voice)", ".block-callout", ".block-questions__item"):
            assert paper.locator(f".article__body {whole}").evaluate_all(cuts) == ["avoid"], whole
        expect(paper.locator("[data-printed]")).to_have_text(re.compile(r" (1er|\d+) \S+ \d{4}$"))

    def test_nobody_is_invited_to_speak_on_paper(self, make_world, paper) -> None:
        world = make_world("fr")
        paper.goto(world.answer.url)
        expect(paper.locator("#conversation")).to_be_hidden()

    def test_addresses_stand_after_the_links_of_others(self, make_world, paper) -> None:
        world = make_world("fr")
        paper.goto(world.article.url)
        after = paper.locator(".article__body a[href^=http]").first.evaluate(
            "(link) => getComputedStyle(link, '::after').content"
        )
        assert "http" in after

    def test_r16_what_one_said_is_printed_without_what_one_may_do(self, article, employee, paper) -> None:
        say(article, "Les bancs manquent.", user=employee)
        paper.emulate_media(media="screen")  # on paper there is nothing to sign in with
        paper.goto("/fr/account/login/?next=/fr/conversation/participant/")
        sign_in(paper, employee.username)
        paper.emulate_media(media="print")
        comment = paper.locator(".account__own")
        expect(comment.get_by_text("Les bancs manquent.")).to_be_visible()
        for act in (*comment.locator("summary, form").all(), paper.locator("main nav")):
            expect(act).to_be_hidden()

    def test_a_comment_is_not_cut_in_two(self, make_world, paper) -> None:
        world = make_world("fr")
        paper.goto(world.dialogue.url)
        expect(paper.locator(".dialogue__question")).to_be_visible()
        comment = paper.locator("#conversation .comment").first
        assert comment.evaluate("(comment) => getComputedStyle(comment).breakInside") == "avoid"
        assert paper.pdf().startswith(b"%PDF")
