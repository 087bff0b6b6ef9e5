"""A session that ends takes nothing along: the page stays, says so, and works after a new sign-in (R07)."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, expect
from playwright.sync_api import Page as Window
from wagtail.models import Page as WagtailPage

from demo.cast import DEMO_PASSWORD
from people.actions import end_sessions
from people.models import User, UserSession
from portal.models import Topic
from tests.journeys.conftest import World, sign_in
from tests.journeys.editing import PageEditor, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = "You are signed out."
REFUSED = re.compile(r"[Ss]tatus(?: of|:) 40[134]")
WORDS = "Ce qu’elle avait écrit avant que sa session prenne fin."


@pytest.fixture
def world(make_world: Callable[[str], World]) -> World:
    return make_world("fr")


@pytest.fixture
def topic(world: World) -> Topic:
    return Topic.objects.first()


@pytest.fixture
def window(page: Window, world: World, editor: User, complaints: list[str]) -> Iterator[Window]:
    page.goto("/admin/")
    sign_in(page, editor.username)
    yield page
    # What a refusal says in the console is what these tests are about.
    complaints[:] = [line for line in complaints if not REFUSED.search(line)]


def notice_of(window: Window) -> Locator:
    return window.locator("#signed-out")


def open_topic(window: Window, topic: Topic) -> Locator:
    window.goto(reverse(topic.snippet_viewset.get_url_name("edit"), args=[topic.pk]))
    return window.locator("[name=name]")


def save(window: Window) -> None:
    window.locator("footer [type=submit]:visible, .footer [type=submit]:visible").first.click()


def open_editor(window: Window, page: WagtailPage) -> PageEditor:
    """Open the editor, and let Wagtail see how the page reads before anything is changed."""
    window.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    window.wait_for_function("() => window.wagtail.app.queryController('w-unsaved')?.initialFormData")
    return PageEditor(window)


def sign_in_elsewhere(context: BrowserContext, user: User) -> Window:
    other = context.new_page()
    other.goto(f"{reverse('account_login')}?next={reverse('tell_session')}")
    other.locator("[name=login]").fill(user.username)
    other.locator("[name=password]").fill(DEMO_PASSWORD)
    other.locator("form:has([name=password]) [type=submit]").first.click()
    expect(other.locator("h1")).to_have_text(said("You are signed in again"))
    return other


class TestForms:
    """It asks before it leaves."""

    def test_r07_a_form_stays_and_goes_after_a_new_sign_in(self, window, topic, editor):
        name = open_topic(window, topic)
        name.fill(WORDS)
        end_sessions(editor, by=None)
        save(window)
        expect(notice_of(window)).to_contain_text(said(SIGNED_OUT))
        expect(notice_of(window)).to_be_focused()
        expect(name).to_have_value(WORDS)

        with window.context.expect_page() as opened:
            notice_of(window).get_by_role("link", name=said("Sign in in another tab")).click()
        sign_in(opened.value, editor.username)
        expect(opened.value.locator("h1")).to_have_text(said("You are signed in again"))
        window.bring_to_front()
        window.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(notice_of(window)).to_contain_text(said("You are signed in again."))
        with window.expect_navigation():
            save(window)
        topic.refresh_from_db()
        assert topic.name == WORDS

    def test_r07_nothing_is_saved_as_somebody_else_who_was_not_asked(
        self, window, topic, editor, administrator
    ):
        name = open_topic(window, topic)
        name.fill(WORDS)
        end_sessions(editor, by=None)
        sign_in_elsewhere(window.context, administrator)
        save(window)
        expect(notice_of(window)).to_contain_text(administrator.display_name)
        expect(name).to_have_value(WORDS)
        assert Topic.objects.get(pk=topic.pk).name != WORDS

        with window.expect_navigation():
            notice_of(window).locator("[data-accept]").press("Enter")
        assert Topic.objects.get(pk=topic.pk).name == WORDS
        assert topic.name != WORDS

    def test_r07_an_account_without_the_admin_is_told_of(self, window, topic, editor, employee):
        name = open_topic(window, topic)
        name.fill(WORDS)
        end_sessions(editor, by=None)
        other = window.context.new_page()
        other.goto(reverse("account_login"))
        sign_in(other, employee.username)
        save(window)
        expect(notice_of(window)).to_contain_text(employee.display_name)
        expect(notice_of(window)).to_contain_text(
            said(
                "That account may not save here. Nothing is lost: sign in as yourself in another tab, "
                "then save again."
            )
        )
        expect(name).to_have_value(WORDS)

    @pytest.mark.parametrize("key", ["Escape", "Enter"])
    def test_r07_closed_by_a_key_the_notice_leads_back_to_where_one_was(self, window, topic, editor, key):
        name = open_topic(window, topic)
        end_sessions(editor, by=None)
        name.fill(WORDS)
        name.press("Enter")
        expect(notice_of(window)).to_be_focused()
        (notice_of(window) if key == "Escape" else notice_of(window).locator("[data-close]")).press(key)
        expect(notice_of(window)).to_be_hidden()
        expect(name).to_be_focused()

    def test_r07_whoever_may_not_open_the_page_is_not_asked_to_save_it(
        self, window, world, editor, moderator
    ):
        written = open_editor(window, world.article)
        end_sessions(editor, by=None)
        sign_in_elsewhere(window.context, moderator)
        window.bring_to_front()
        written.write("title", WORDS)
        expect(notice_of(window)).to_contain_text(moderator.display_name)
        expect(notice_of(window).locator("[data-accept]")).to_have_count(0)
        expect(written.form.locator("[name=title]")).to_have_value(WORDS)

    def test_r07_what_somebody_else_takes_over_before_it_was_sent_is_not_said_to_be_saved(
        self, window, world, editor, administrator
    ):
        written = open_editor(window, world.article)
        end_sessions(editor, by=None)
        sign_in_elsewhere(window.context, administrator)
        window.bring_to_front()
        written.write("title", WORDS)
        notice_of(window).locator("[data-accept]").click()
        expect(notice_of(window)).to_contain_text(said("Nothing is lost: save again."))

    @pytest.mark.parametrize("name", ["Marie-Antoinette de La Rochefoucauld-Montbazon", "N" * 60])
    def test_r07_the_notice_holds_a_long_name_on_a_phone(self, window, topic, editor, administrator, name):
        User.objects.filter(pk=administrator.pk).update(first_name=name, last_name="")
        window.set_viewport_size({"width": 320, "height": 700})
        open_topic(window, topic).fill(WORDS)
        end_sessions(editor, by=None)
        sign_in_elsewhere(window.context, administrator)
        window.evaluate("document.querySelector('form [name=name]').form.requestSubmit()")
        expect(notice_of(window)).to_contain_text(name)
        right = "element => element.getBoundingClientRect().right"
        edge = notice_of(window).evaluate(right)
        assert notice_of(window).locator("[data-accept]").evaluate(right) < edge


class TestEditor:
    """It speaks of the session, not of a server error."""

    def test_r07_a_draft_saves_itself_again_after_a_new_sign_in(self, window, world, editor):
        written = open_editor(window, world.article)
        end_sessions(editor, by=None)
        written.write("title", WORDS)
        expect(notice_of(window)).to_contain_text(said(SIGNED_OUT))
        expect(written.form.locator("[name=title]")).to_be_focused()
        sign_in_elsewhere(window.context, editor)
        window.bring_to_front()
        written.write("title", f"{WORDS} Oui.")
        indicator = window.locator("#w-autosave-indicator")
        expect(indicator).to_have_attribute("data-w-autosave-state-value", "saved")
        world.article.refresh_from_db()
        assert world.article.latest_revision.content["title"] == f"{WORDS} Oui."
        expect(notice_of(window)).to_be_hidden()

    def test_r07_a_draft_does_not_save_itself_as_somebody_else(self, window, world, editor, administrator):
        written = open_editor(window, world.article)
        end_sessions(editor, by=None)
        sign_in_elsewhere(window.context, administrator)
        window.bring_to_front()
        written.write("title", WORDS)
        expect(notice_of(window)).to_contain_text(administrator.display_name)
        expect(window.locator("#w-autosave-indicator")).to_have_attribute(
            "data-w-tooltip-content-value", re.compile(administrator.display_name)
        )
        world.article.refresh_from_db()
        assert not world.article.revisions.filter(content__title=WORDS).exists()

    def test_r07_a_chooser_says_it_and_opens_after_a_new_sign_in(self, window, world, editor):
        button = open_editor(window, world.article).form.locator("[data-chooser-action-choose]").first
        end_sessions(editor, by=None)
        button.dispatch_event("click")
        expect(notice_of(window)).to_contain_text(said(SIGNED_OUT))
        expect(window.locator(".modal-dialog")).to_have_count(0)
        sign_in_elsewhere(window.context, editor)
        window.bring_to_front()
        button.dispatch_event("click")
        expect(window.locator(".modal-dialog")).to_be_visible()


class TestPublicForm:
    """Somebody signed in writes a comment, and their session ends."""

    def test_r07_a_comment_waits_for_a_new_sign_in(self, window, world, editor):
        window.goto(world.internal_dialogue.get_url())
        form = window.locator("comment-form")
        form.locator("[name=text]").fill(WORDS)
        expect(form.get_by_role("button", name=said("Send my comment"))).to_be_visible()
        end_sessions(editor, by=None)
        form.locator("[type=submit]").click()
        expect(form.locator(".comment-form__status")).to_contain_text(
            said(
                "You are signed out, and your text is still here: sign in in another tab, then send it again."
            )
        )
        expect(form.locator("[name=text]")).to_have_value(WORDS)
        sign_in_elsewhere(window.context, editor)
        window.bring_to_front()
        form.locator("[type=submit]").click()
        expect(window.locator(".comment__words").get_by_text(WORDS)).to_be_visible()


class TestIdleness:
    """Who types is there."""

    def test_r07_typing_is_told_now_and_then_and_prolongs_no_working_day(self, window, topic, editor):
        window.clock.install()
        name = open_topic(window, topic)
        session = UserSession.objects.get(user=editor)
        begun = session.started_at
        UserSession.objects.update(seen_at=timezone.now() - timedelta(minutes=25))
        asked = []
        window.on("request", lambda request: asked.append(request.url))
        name.press("a")
        name.press("b")
        assert not [url for url in asked if url.endswith(reverse("tell_session"))]
        window.clock.fast_forward("02:30")
        with window.expect_response(re.compile(f"{reverse('tell_session')}$")):
            name.press("c")
        name.press("d")
        assert len([url for url in asked if url.endswith(reverse("tell_session"))]) == 1
        session.refresh_from_db()
        assert session.seen_at > timezone.now() - timedelta(minutes=5)
        assert session.started_at == begun
