"""A conversation too long for one page: turned in place, unfolded, and found again by those who come back."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from dialogue.actions import hide_comment
from dialogue.models import Comment
from dialogue.spans import THREADS_PER_PAGE
from tests.dialogue.many_comments import plant
from tests.journeys.test_accessibility import check_contrast_in_the_dark
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

THREADS = THREADS_PER_PAGE + 10
REPLIES = 70
LARGEST_SHIFT = 0.02  # of the layout; what a reader would notice is 0.1
SHIFT = """() => new Promise((resolve) => {
    let shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(shift), 800);
})"""


class Long:
    """An article with more threads than a page shows, one of them with many replies."""

    def __init__(self, article) -> None:
        self.article = article
        self.key = f"parley:read:{article.pk}"
        self.newest = Comment.objects.filter(page=article, depth=0).published().get()
        self.roots = plant(article, THREADS)
        self.replies = plant(article, REPLIES, root=self.roots[0])


@pytest.fixture
def long(make_world) -> Long:
    return Long(make_world("fr").article)


@pytest.fixture
def plain_window(open_window) -> Iterator[Window]:
    window = open_window(java_script_enabled=False)
    return window


def threads(window: Window):
    return window.locator("#conversation li.thread")


class TestWithoutScript:
    def test_every_link_leads_to_a_page_of_its_own(self, long, plain_window) -> None:
        window = plain_window
        window.goto(long.article.url)
        expect(threads(window)).to_have_count(THREADS_PER_PAGE)
        window.get_by_role("link", name="Les 11 fils suivants").click()
        expect(threads(window)).to_have_count(11)
        expect(window.locator("[data-place]")).to_have_text("Fils 51–61 sur 61")
        window.get_by_role("link", name="Les plus récents d’abord").click()
        expect(threads(window).first).to_contain_text(long.newest.author_name)
        window.get_by_role("link", name="Sans réponse (61)").click()
        assert "order=newest&show=unanswered" in window.url

    def test_folded_replies_and_permalinks_are_found(self, long, plain_window) -> None:
        window = plain_window
        window.goto(long.article.url)
        window.locator("[data-more]").click()
        expect(window.locator(f"#{long.replies[-30].anchor}")).to_be_visible()
        window.goto(long.replies[-1].get_absolute_url())
        expect(window.locator(f"#{long.replies[-1].anchor}")).to_be_in_viewport()
        thread = window.locator(".thread__replies")
        window.goto(long.article.url)
        thread.last.locator("summary").click()
        expect(thread.last.locator("ol")).to_be_hidden()


class TestWithScript:
    def test_pages_turn_in_place_and_back(self, long, page) -> None:
        page.goto(long.article.url)
        page.evaluate("window.isSame = true")
        page.locator("comment-form [name=text]").fill("Un mot qui reste.")
        page.get_by_role("link", name="Les 11 fils suivants").click()
        expect(threads(page)).to_have_count(11)
        expect(page.locator("[data-said]")).to_have_text("Fils 51–61 sur 61")
        expect(threads(page).first.get_by_role("article").first).to_be_focused()
        assert "?from=" in page.url
        page.go_back()
        expect(threads(page)).to_have_count(THREADS_PER_PAGE)
        page.get_by_role("link", name="Les plus récents d’abord").click()
        expect(threads(page).first).to_contain_text(long.newest.author_name)
        page.get_by_role("link", name="Les plus anciens d’abord").focus()
        page.keyboard.press("Enter")
        expect(threads(page).first.get_by_role("article").first).to_be_focused()
        page.get_by_role("link", name="En vedette").click()
        assert page.evaluate("window.isSame") is True
        expect(page.locator("comment-form [name=text]")).to_have_value("Un mot qui reste.")

    def test_a_form_under_a_comment_outlives_the_turning(self, long, page) -> None:
        page.goto(long.article.url)
        threads(page).nth(1).locator(".comment__reply").first.click()
        page.locator("comment-form [name=text]").fill("Je réponds.")
        page.get_by_role("link", name="Les 11 fils suivants").click()
        expect(threads(page)).to_have_count(11)
        form = page.locator("comment-form")
        expect(form.locator("[name=text]")).to_have_value("Je réponds.")
        assert form.locator("[name=parent]").input_value()

    def test_folded_replies_come_below_those_that_are_there(self, long, page) -> None:
        page.goto(long.article.url)
        page.locator("[data-more]").click()
        replies = page.locator(f"#{long.roots[0].anchor} ~ details article")
        expect(replies).to_have_count(50)
        expect(replies.nth(3)).to_be_focused()
        page.locator("[data-more]").click()
        expect(replies).to_have_count(REPLIES)
        expect(page.locator("[data-more]")).to_have_count(0)
        ids = replies.evaluate_all("(all) => all.map((one) => one.id)")
        assert ids == [reply.anchor for reply in long.replies]

    def test_what_came_since_is_marked_and_led_to(self, long, page) -> None:
        page.goto(long.article.url)
        following = page.get_by_role("button", name="Commentaire non lu suivant")
        expect(following).to_be_hidden()
        page.evaluate("(key) => localStorage.setItem(key, Date.now() / 1000 - 5)", long.key)
        news = [say(long.article, f"Du neuf, {n}.", "Zoé Roy", parent=long.roots[1]) for n in range(2)]
        Comment.objects.filter(pk__in=[one.pk for one in news]).update(
            published_at=news[0].published_at.replace(year=2100)
        )
        page.reload()
        marked = page.locator(".comment:has(.comment__new)")
        shown = marked.count()
        assert shown >= 1
        expect(marked.first).to_contain_text("Nouveau")
        expect(following).to_have_text(f"Commentaire non lu suivant ({shown})")
        for _comment in range(shown):
            following.focus()
            page.keyboard.press("Enter")
        expect(following).to_be_hidden()
        expect(page.locator("[data-said]")).to_have_text(
            "Il ne reste aucun commentaire non lu sur cette page."
        )
        expect(marked.last).to_be_focused()

    def test_a_permalink_opens_its_page_and_puts_the_focus_there(self, long, page) -> None:
        for comment in (long.roots[-1], long.replies[-1], long.newest):
            page.goto(comment.get_absolute_url())
            expect(page.locator(f"#{comment.anchor}")).to_be_focused()
            expect(page.locator(f"#{comment.anchor}")).to_be_in_viewport()

    def test_a_site_that_is_away_is_told_and_nothing_is_lost(self, long, page, complaints) -> None:
        page.goto(long.article.url)
        page.route("**/*from=*", lambda route: route.abort())
        page.get_by_role("link", name="Les 11 fils suivants").click()
        expect(page.locator("[data-said]")).to_contain_text("n’a pas pu être joint")
        expect(threads(page)).to_have_count(THREADS_PER_PAGE)
        complaints[:] = [words for words in complaints if "ERR_FAILED" not in words]


class TestForAll:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_a_long_thread_is_fit_for_all(
        self, make_world, open_window, check_accessibility, answerer, language
    ) -> None:
        article = make_world(language).article
        roots = plant(article, THREADS)
        plant(article, REPLIES, root=roots[0], side="organisation")
        hide_comment(roots[0], by=None)
        window = open_window(
            color_scheme="light", locale=f"{language}-CA", viewport={"width": 320, "height": 800}
        )
        for address in (article.url, reverse("show_thread", args=[roots[0].public_id])):
            window.goto(address)
            check_accessibility(window)
            check_contrast_in_the_dark(window, address, check_accessibility)
            assert window.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

    def test_nothing_jumps_while_it_comes(self, long, page) -> None:
        page.goto(long.article.url)
        page.evaluate("(key) => localStorage.setItem(key, 1)", long.key)
        page.goto(f"{long.article.url}#{long.roots[2].anchor}")
        assert page.evaluate(SHIFT) <= LARGEST_SHIFT

    def test_on_paper_stands_what_was_opened_and_no_chrome(self, long, page) -> None:
        page.goto(long.article.url)
        page.locator("[data-more]").click()
        expect(page.locator(f"#{long.replies[10].anchor}")).to_be_visible()
        page.locator(".thread__replies summary").first.click()
        page.emulate_media(media="print")
        for chrome in (".conversation__ways", ".conversation__pages", "[data-next-unread]", "summary"):
            for part in page.locator(f"#conversation {chrome}").all():
                expect(part).to_be_hidden()
        expect(page.locator(f"#{long.replies[10].anchor}")).to_be_visible()
        expect(page.locator(f"#{long.roots[0].anchor}")).to_be_visible()
