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
        expect(form.locator("[name=may_quote]")).not_to_be_checked()
        expect(form.locator("[name=name]")).to_have_value(LUCIE.name)
        form.locator("[name=text]").focus()
        expect(form.get_by_role("button", name=said("Send my comment"))).to_be_enabled()
    texts = Comment.objects.filter(author_name=LUCIE.name).order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Une idée.", "Une autre idée."]
