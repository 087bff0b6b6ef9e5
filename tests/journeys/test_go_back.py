"""Whoever goes back after sending a comment finds a form for the next one, not the words they have sent."""

import re

import pytest
from playwright.sync_api import expect

from demo.cast import find_guest
from dialogue.models import Comment
from tests.journeys.editing import said
from tests.journeys.readers import comment_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LUCIE = find_guest("lucie")


def test_what_was_sent_is_not_offered_again(make_world, page) -> None:
    world = make_world("fr")
    page.goto(world.article.url)
    for words in ("Une idée.", "Une autre idée."):
        comment_on(page, LUCIE, words, may_quote=True)
        expect(page).to_have_url(re.compile("/conversation/status/"))
        page.go_back()
        form = page.locator("comment-form form")
        expect(form.locator("[name=text]")).to_have_value("")
        expect(form.locator("#agree-quoting-yes")).not_to_be_checked()
        expect(form.locator("[name=name]")).to_have_value(LUCIE.name)
        form.locator("[name=text]").focus()
        expect(form.get_by_role("button", name=said("Send my comment"))).to_be_enabled()
    texts = Comment.objects.filter(author_name=LUCIE.name).order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Une idée.", "Une autre idée."]


@pytest.mark.parametrize("text", ["Une idée.", ""])
def test_without_script_the_preview_is_still_there(make_world, open_window, complaints, text) -> None:
    """With errors too: a browser shows again what it may store, and never asks to send once more."""
    world = make_world("fr")
    window = open_window(java_script_enabled=False)
    window.goto(world.article.url)
    form = window.locator("comment-form form")
    form.locator("[name=text]").fill(text)
    form.locator("[name=name]").fill(LUCIE.name)
    form.locator("[name=email]").fill(LUCIE.email)
    form.get_by_role("button", name=said("Preview my comment")).click()
    heading = window.get_by_role("heading", level=1)
    shown = heading.inner_text()
    window.locator(".comment-page__source a").click()
    window.go_back()
    expect(heading).to_have_text(shown)
    complaints[:] = [words for words in complaints if "status of 422" not in words]
