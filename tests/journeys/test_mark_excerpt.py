"""An editor marks, by keyboard alone, what of a comment is quoted; and then marks it otherwise."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from blog.models import BlogPage
from dialogue.models import Comment, FeaturedComment
from people.models import User
from tests.journeys.conftest import sign_in
from tests.journeys.editing import PageEditor
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Bon vent 🚢👩‍👩‍👧! Sylvain Ross n’y a pas pensé.\n\nOn attend debout."
NAME, DENIAL = "Sylvain Ross", "pas "


@pytest.fixture
def comment(article: BlogPage) -> Comment:
    return say(article, WORDS, name="Maude Therrien", may_quote=True)


@pytest.fixture
def draft(article: BlogPage, editor: User) -> BlogPage:
    page = BlogPage(title="La parole à Maude", introduction="<p>Voici.</p>", live=False, owner=editor)
    article.get_parent().add_child(instance=page)
    page.save_revision(user=editor)
    return page


def select(modal: Locator, words: str) -> None:
    """Select words as one does by keyboard, from the beginning of the text on."""
    area = modal.locator("textarea")
    area.focus()
    keyboard = area.page.keyboard
    keyboard.press("Control+Home")
    for _sign in range(steps_to(words)):
        keyboard.press("ArrowRight")
    for _sign in words:
        keyboard.press("Shift+ArrowRight")
    expect(modal.locator("#marked_words_selected")).to_contain_text(words.strip())


def steps_to(words: str) -> int:
    """Return how often one presses an arrow from the beginning: a family is one sign to whoever writes."""
    return len(WORDS[: WORDS.index(words)].replace("👩‍👩‍👧", "F"))


def press(modal: Locator, act: str) -> None:
    modal.locator(f"[name=act][value='{act}']").press("Enter")


def news(modal: Locator) -> Locator:
    """Return the sentence about what was just done, to which the focus goes."""
    return modal.locator("[data-mark-excerpt-news]:focus")


def wait_until_open(modal: Locator) -> None:
    """Wait until the window has come: while it comes, Wagtail takes the focus to it."""
    moves = "one.closest('.modal').getAnimations({subtree: true}).map(each => each.finished)"
    modal.evaluate(f"one => Promise.all({moves})")
    expect(news(modal)).to_be_visible()


def hide_editor(window: Window, *, is_hidden: bool) -> None:
    """Let axe look at our window alone: the editor behind it is Wagtail's."""
    script = "value => document.querySelector('.wrapper').style.visibility = value"
    window.evaluate(script, "hidden" if is_hidden else "")


def test_rule05_she_marks_an_excerpt_by_keyboard_and_marks_it_otherwise(
    open_window: Callable[..., Window],
    check_accessibility: Callable[..., None],
    draft: BlogPage,
    article: BlogPage,
    comment: Comment,
    editor: User,
) -> None:
    say(article, "Autre chose.", may_quote=True)
    window = open_window(viewport={"width": 1280, "height": 900})
    window.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    sign_in(window, editor.username)
    block = PageEditor(window).add_block("Featured comment")
    block.place.locator("[data-chooser-action-choose]:visible").first.press("Enter")
    modal = window.locator(".modal-dialog")
    expect(modal.locator(".found-comment")).to_have_count(2)
    modal.locator("[name=q]").fill("debout")
    expect(modal.locator(".found-comment")).to_have_count(1)
    modal.locator("[data-chooser-modal-choice]").press("Enter")
    expect(news(modal)).to_be_visible()
    # Back, the list is as it was.
    modal.locator("[data-mark-excerpt-back]").press("Enter")
    expect(modal.locator("[name=q]")).to_have_value("debout")
    modal.locator("[data-chooser-modal-choice]").press("Enter")

    expect(news(modal)).to_be_visible()
    window.keyboard.type("x")  # nobody writes in what somebody else has written
    select(modal, f"{NAME} n’y a pas pensé.")
    window.keyboard.type("x")
    press(modal, "keep")
    expect(modal.locator(".voice__words")).to_have_text("[…] Sylvain Ross n’y a pas pensé. […]")
    expect(news(modal)).to_be_visible()
    select(modal, NAME)
    modal.locator("[name=reason]").select_option("name")
    press(modal, "remove")
    expect(modal.locator(".voice__words")).to_contain_text("[retiré")
    expect(modal.locator(".voice__words")).not_to_contain_text("Ross")
    select(modal, DENIAL)
    press(modal, "cut")
    expect(modal.locator(".help-warning")).to_contain_text("pas")
    hide_editor(window, is_hidden=True)
    check_accessibility(window)
    hide_editor(window, is_hidden=False)
    modal.locator("[name=name_form][value=initials]").press("Space")
    expect(modal.locator(".voice__name")).to_have_text("M. T.")
    press(modal, "use")
    expect(modal).to_have_count(0)
    expect(block.place).to_contain_text("M. T.")
    PageEditor(window).settle()
    row = FeaturedComment.objects.get()
    start = WORDS.index(NAME)
    assert row.removals == [[start, start + len(NAME), "name"]]
    assert row.plain.startswith("[…] [")
    assert row.plain.endswith("n’y a […] pensé. […]")
    assert row.name_form == "initials"

    block.place.locator("[data-mark-excerpt-open]").press("Enter")
    expect(modal.locator("[name=name_form][value=initials]")).to_be_checked()
    wait_until_open(modal)
    modal.locator("[value^=put_back]").filter(has_text="pas").press("Enter")
    expect(modal.locator(".help-warning")).to_have_count(0)
    window.keyboard.press("Escape")  # which changes nothing
    expect(modal).to_have_count(0)
    block.place.locator("[data-mark-excerpt-open]").press("Enter")
    wait_until_open(modal)
    press(modal, "whole")
    expect(modal.locator(".voice__words")).to_contain_text("debout")
    press(modal, "use")
    expect(modal).to_have_count(0)
    PageEditor(window).settle()
    assert FeaturedComment.objects.latest("pk").is_whole
    assert FeaturedComment.objects.count() == 2
