"""An editor starts an article from a comment: its address follows the title that she writes (R11)."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.actions import start_article
from blog.models import BlogPage
from dialogue.permissions import Withheld
from people.models import User
from tests.journeys.conftest import sign_in
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_r11_title_and_address_are_written_together(
    open_window: Callable[..., Window], article: BlogPage, editor: User
) -> None:
    comment = say(article, "Je propose un banc.")
    start_article(comment, by=editor)
    second = start_article(comment, by=editor)
    window = open_window(viewport={"width": 320, "height": 800})
    window.goto(reverse("wagtailadmin_pages:edit", args=[second.pk]))
    sign_in(window, editor.username)
    warning = window.locator(".messages .warning")
    expect(warning).to_contain_text(comment.author_name)
    expect(warning).to_contain_text(Withheld.NO_CONSENT.reason)
    title = window.locator("form[data-edit-form] [name=title]")
    title.select_text()
    title.press_sequentially("Un banc sur le quai")
    expect(window.locator("form[data-edit-form] [name=slug]")).to_have_value("un-banc-sur-le-quai")
