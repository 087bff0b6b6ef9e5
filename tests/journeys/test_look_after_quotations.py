"""An editor takes a quotation from the draft to print: on any screen, and without a script."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from dialogue.actions import answer_quotation, edit_comment
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.selections import Selection
from mail.models import ChoicePlace
from people.models import User
from tests.journeys.conftest import sign_in
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ELSEWHERE = {
    "text": "On nous a oubliés.",
    "name": "Rose Cormier",
    "source": "Lettre",
    "permission": True,
    "permission_given": "de vive voix",
}
WORDS = "Il manque un banc. Et un abri, surtout en mars, quand le vent tourne."


@pytest.fixture
def comment(article: BlogPage) -> Comment:
    return say(article, WORDS, name="Camille Roy", may_ask=True)


@pytest.fixture
def draft(article: BlogPage, comment: Comment, editor: User) -> BlogPage:
    """A draft that quotes what needs asking, and what may be renewed; readers have words from elsewhere."""
    covered = say(article, "On attend debout.", name="Odile Cyr", may_quote=True)
    page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", owner=editor)
    page.body = [("comment_from_elsewhere", ELSEWHERE)]
    article.get_parent().add_child(instance=page)
    excerpt = Selection(comment.public_id, ranges=[[0, 18]], name_form="first")
    rows = [quotation_of(comment, excerpt), quotation_of(covered)]
    page.body.extend(("featured_comment", {"quotation": row, "why": ""}) for row in rows)
    page.save_revision(user=editor)
    edit_comment(covered, "On attend debout, au vent.", by=covered.participant, may_quote=True)
    return BlogPage.objects.get(pk=page.pk)


def address_of(page: BlogPage) -> str:
    return reverse("dialogue_page_quotations", args=[page.pk])


def test_from_the_refusal_to_print_without_a_script(
    open_window: Callable[..., Window], draft: BlogPage, comment: Comment, editor: User
) -> None:
    window = open_window(java_script_enabled=False)
    window.goto(address_of(draft))
    sign_in(window, editor.username)
    asked = window.locator(".page-quotation").first
    expect(asked).to_contain_text("Il manque un banc.")
    asked.locator("[name=until]").fill((timezone.localdate() + timedelta(days=9)).isoformat())
    asked.locator("form button").first.click()
    row = FeaturedComment.objects.get(comment=comment)
    expect(window).to_have_url(re.compile(f"#quotation-{row.pk}$"))
    assert row.asked_by == editor
    answer_quotation(row, by=comment.participant, is_agreed=True, place=ChoicePlace.MAIL)
    window.reload()
    expect(window.locator(".page-quotation--stops")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_everybody_can_use_it(
    open_window: Callable[..., Window],
    check_accessibility: Callable[..., None],
    draft: BlogPage,
    editor: User,
    width: int,
    scheme: str,
) -> None:
    window = open_window(viewport={"width": width, "height": 900}, color_scheme=scheme)
    window.goto(address_of(draft))
    sign_in(window, editor.username)
    expect(window.locator(".page-quotation")).to_have_count(3)
    window.locator("summary").first.click()
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(window)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_draft_is_seen_as_a_reader_will(
    open_window: Callable[..., Window],
    check_accessibility: Callable[..., None],
    draft: BlogPage,
    editor: User,
    width: int,
) -> None:
    window = open_window(viewport={"width": width, "height": 900})
    window.goto(address_of(draft))
    sign_in(window, editor.username)
    window.locator(".page-quotations__links a").last.click()
    expect(window.locator(".draft-band")).to_be_visible()
    expect(window.locator(".voice")).to_have_count(2)  # from elsewhere, and whose author has agreed
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(window)
    window.locator(".draft-band a").click()
    expect(window.locator(".page-quotation")).to_have_count(3)
