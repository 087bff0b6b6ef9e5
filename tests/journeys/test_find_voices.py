"""An editor finds a voice without leaving the page that she writes, and quotes one in a draft."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from people.models import User
from tests.journeys.conftest import sign_in
from tests.journeys.editing import PageEditor, said
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def edit(page: BlogPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_she_finds_it_narrows_reads_on_and_chooses(
    open_window: Callable[..., Window], article: BlogPage, editor: User
) -> None:
    parent = say(article, "Il manque un banc.", name="Odile Cyr")
    say(article, "Et un abri, surtout en mars.", name="Camille Roy", parent=parent, may_quote=True)
    window = open_window(viewport={"width": 1280, "height": 900})
    window.goto(edit(article))
    sign_in(window, editor.username)
    block = PageEditor(window).add_block("Featured comment")
    block.place.locator("[data-chooser-action-choose]:visible").first.press("Enter")
    modal = window.locator(".modal-dialog")
    found = modal.locator(".found-comment")
    expect(found).to_have_count(1)
    modal.locator("[name=unusable]").check()
    expect(found).to_have_count(2)
    modal.locator(".find-comments__more summary").click()
    modal.locator("[name=leave]").select_option("given")
    expect(found).to_have_count(1)
    modal.locator("[name=q]").fill("abri")
    expect(found).to_have_count(1)
    found.locator("summary").click()
    expect(found.locator(".found-comment__parent")).to_contain_text("Il manque un banc.")
    found.locator("[data-chooser-modal-choice]").click()
    modal.locator("[name=act][value=use]").click()
    expect(modal).to_have_count(0)
    expect(block.place).to_contain_text("Camille Roy")


def test_from_the_thread_to_a_draft_without_script(
    browser_without_script: Window, article: BlogPage, editor: User
) -> None:
    window = browser_without_script
    draft = BlogPage(title="Le banc", introduction="<p>Voici.</p>", live=False)
    article.get_parent().add_child(instance=draft)
    draft.save_revision()
    say(article, "Il manque un banc.", name="Odile Cyr", may_quote=True)
    window.goto(reverse("account_login") + f"?next={article.url}")
    sign_in(window, editor.username)
    window.locator(".comment__foot").get_by_role("link", name=said("Feature in…")).first.click()
    place = window.locator(".find-page__place").filter(has_text="Le banc")
    place.get_by_role("button").click()
    expect(window).to_have_url(re.compile(re.escape(edit(draft))))
    assert BlogPage.objects.get(pk=draft.pk).get_latest_revision_as_object().body[0].block_type == (
        "featured_comment"
    )


@pytest.fixture
def browser_without_script(open_window: Callable[..., Window]) -> Window:
    return open_window(java_script_enabled=False)


def test_beside_the_page_she_sees_who_waits_and_where_to_quote_them(
    open_window: Callable[..., Window],
    check_accessibility: Callable[..., None],
    article: BlogPage,
    editor: User,
) -> None:
    say(article, "Il manque un banc.", name="Odile Cyr", may_quote=True)
    window = open_window(viewport={"width": 1280, "height": 900})
    window.goto(edit(article))
    sign_in(window, editor.username)
    window.locator("[data-side-panel-toggle=voices]").click()
    panel = window.locator(".radar")
    expect(panel).to_contain_text("Il manque un banc.")
    panel.get_by_role("link", name=said("Feature in…")).click()
    expect(window.locator(".find-page__place").first).to_be_visible()
    check_accessibility(window)
