"""Who is asked to be quoted answers from the message, on a phone, by keyboard, without a script."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from dialogue.actions import ask_to_quote
from dialogue.blocks import quotation_of
from dialogue.models import FeaturedComment
from dialogue.selections import Selection
from mail.actions import process_mail
from people.models import User
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "camille@example.org"
PHONE = {"width": 375, "height": 667}
LINK = re.compile(r"https?://\S+/conversation/quotation/\w+/")


@pytest.fixture
def asked(live_address: str, article: BlogPage, editor: User) -> FeaturedComment:
    """Camille is asked whether a draft may quote the first sentence of a comment."""
    words = "Il manque un banc. Et un abri, surtout en mars."
    comment = say(article, words, name="Camille Roy", email=ADDRESS, may_ask=True)
    page = BlogPage(title="La parole à Camille", introduction="<p>Voici.</p>", live=False, owner=editor)
    excerpt = Selection(comment.public_id, ranges=[[0, 18]])
    page.body = [("featured_comment", {"quotation": quotation_of(comment, excerpt), "why": ""})]
    article.get_parent().add_child(instance=page)
    page.save_revision(user=editor)
    row = FeaturedComment.objects.get(page_id=page.pk)
    with translation.override("fr"):
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=9))
    return row


def last_link() -> str:
    process_mail()
    return [LINK.search(message.body)[0] for message in mail.outbox if message.to == [ADDRESS]][-1]


def press_until(window: Window, selector: str) -> None:
    """Move by the tabulator until the focus is on what is sought."""
    for _step in range(60):
        window.keyboard.press("Tab")
        if window.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"The tabulator never comes to {selector}")


def test_from_the_message_to_the_page_and_back_by_keyboard(
    open_window: Callable[..., Window], asked: FeaturedComment, complaints: list[str]
) -> None:
    window = open_window(java_script_enabled=False, viewport=PHONE)
    window.goto(last_link())
    expect(window.locator(".voice__words")).to_have_text("Il manque un banc. […]")
    assert not window.context.cookies()

    press_until(window, "[name=name_form]:checked")
    window.keyboard.press("ArrowUp")  # from the first choice round to the last: another name
    expect(window.locator("#name-own")).to_be_checked()
    press_until(window, "[name=answer][value=yes]")
    window.keyboard.press("Enter")
    expect(window.locator("#id_own_name_error")).to_be_visible()
    expect(window.locator("#name-own")).to_be_checked()
    window.locator("#id_own_name").fill("Une passagère")
    window.locator("[name=answer][value=yes]").click()
    expect(window.locator("main [role=status]")).to_contain_text("Une passagère")
    expect(window.locator(".voice__name")).to_have_text("Une passagère")

    BlogPage.objects.get(pk=asked.page_id).save_revision().publish()
    window.goto(last_link())
    window.get_by_role("link", name="La parole à Camille").click()
    expect(window.locator("main .voice")).to_contain_text("Il manque un banc.")
    published = window.url

    window.goto(last_link())
    window.locator("#id_text").fill("Depuis, on nous en a promis six.")
    window.locator("[name=answer][value=reply]").click()
    expect(window.locator("#reply")).to_contain_text("on nous en a promis six")
    window.goto(published)
    expect(window.locator(".voice__rejoinder")).to_contain_text("on nous en a promis six")

    window.goto(last_link())
    window.locator("[name=answer][value=no]").click()
    expect(window.locator("main [role=status]")).to_be_visible()
    window.goto(published)
    expect(window.locator("main .voice")).to_have_count(0)
    complaints[:] = [words for words in complaints if not re.search(r"quotation/.* 422 ", words)]
