"""From a comment in its thread to a published article that quotes it: what that costs in clicks.

At most eight for staff, two for the person quoted. Links in mail count; what is typed does not.
"""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from blog.models import BlogPage
from mail.actions import process_mail
from people.models import User
from tests.journeys.conftest import sign_in
from tests.journeys.editing import PageEditor, said
from tests.journeys.readers import comment_of
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, ADDRESS, WORDS, TITLE = (
    "Camille Roy",
    "camille@example.org",
    "Il manque un banc.",
    "Un banc sur le quai",
)
STAFF, PERSON = 8, 2
# Wagtail 8.0 takes what is typed in the first two seconds for what was there before, and does not save it.
NOTE_WATCH = "document.addEventListener('w-unsaved:watch-edits', () => { window.watchesEdits = true })"


class Hand:
    """Somebody's hand at the mouse, which counts."""

    def __init__(self, window: Window, address: str) -> None:
        self.window, self.address, self.clicks = window, address, 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def click_in_mail(self, link: str) -> None:
        """Open the link of the last message to them."""
        process_mail()
        message = [message for message in mail.outbox if message.to == [self.address]][-1]
        self.window.goto(re.search(rf"https?://\S+{link}", message.body)[0])
        self.clicks += 1


def test_r7_few_clicks_lead_from_a_comment_to_the_article_that_quotes_it(
    open_window: Callable[..., Window], article: BlogPage, editor: User
) -> None:
    say(article, WORDS, NAME, email=ADDRESS, may_ask=True)
    staff, person = Hand(open_window(), editor.email), Hand(open_window(), ADDRESS)
    staff.window.add_init_script(NOTE_WATCH)
    staff.window.goto(f"{reverse('account_login')}?next={article.get_url()}")
    sign_in(staff.window, editor.username)

    feature_in_new_article(staff)
    ask(staff)
    person.click_in_mail(r"/conversation/quotation/\w+/")
    person.click(person.window.locator("[name=answer][value=yes]"))
    expect(person.window.locator("main [role=status]")).to_be_visible()
    staff.click_in_mail("/quotations/")
    publish(staff)

    person.window.goto(BlogPage.objects.get(title=TITLE).get_url())
    expect(person.window.locator("main .voice")).to_contain_text(WORDS)
    assert staff.clicks <= STAFF
    assert person.clicks <= PERSON


def feature_in_new_article(staff: Hand) -> None:
    """Press the button under the comment, and write where the cursor is, then a title."""
    comment = comment_of(staff.window, NAME)
    staff.click(comment.get_by_role("button", name=said("Feature in a new article")))
    editor = PageEditor(staff.window)
    expect(editor.introduction).to_be_focused()
    staff.window.wait_for_function("() => window.watchesEdits")
    editor.type_richly(editor.introduction, "Une passagère nous a écrit.")
    title = editor.form.locator("[name=title]")
    staff.click(title)
    title.press("Control+A")
    title.press_sequentially(TITLE)
    expect(editor.form.locator("[name=slug]")).to_have_value("un-banc-sur-le-quai")
    expect(staff.window.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    editor.settle()


def ask(staff: Hand) -> None:
    """Go from the editor, which says what is missing, to where it is done; the day is proposed."""
    staff.click(staff.window.locator(".messages .warning a[href*='/quotations/']").first)
    staff.click(staff.window.locator(".page-quotation form[action$='/ask/'] button"))
    expect(staff.window.locator(".messages .success")).to_be_visible()


def publish(staff: Hand) -> None:
    """Go from the quotations of the page, of which none stops it by now, to the editor, and publish."""
    expect(staff.window.locator(".page-quotation--stops")).to_have_count(0)
    staff.click(staff.window.get_by_role("link", name=said("Back to the editor")))
    editor = PageEditor(staff.window)
    staff.click(editor.form.locator("footer [data-w-dropdown-target=toggle]"))
    with staff.window.expect_navigation():
        staff.click(editor.form.locator("[name=action-publish]"))
    expect(staff.window.locator(".messages .success")).to_be_visible()
