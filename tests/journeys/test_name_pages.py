"""An editor types a title, and is shown the slug that the page will have (R25)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from wagtail.models import Page

from people.models import User
from portal.slugs import PAGE_MAX_LENGTH, slug_of
from tests.journeys.conftest import sign_in
from tests.portal.test_make_slugs import LONG, UNKNOWN_TO_BROWSERS, WORDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What Wagtail's script would write into the field for each of the titles.
PROPOSE = """([slug, titles]) => {
  const script = wagtail.app.getControllerForElementAndIdentifier(slug, "w-slug");
  return titles.map(value => script.urlify({detail: {value}}, {ignoreUpdate: true, runFormat: true}));
}"""


def test_r25_what_is_proposed_is_what_the_server_makes(
    open_window: Callable[..., Window], home_fr: Page, administrator: User
) -> None:
    window = open_window()
    window.goto(f"/admin/pages/add/home/standardpage/{home_fr.pk}/")
    sign_in(window, administrator.username)
    slug = window.locator("form[data-edit-form] [name=slug]")
    window.locator("form[data-edit-form] [name=title]").press_sequentially("L’Œuvre d’été")
    expect(slug).to_have_value("loeuvre-dete")
    titles = [words for words in (*WORDS, LONG) if words not in UNKNOWN_TO_BROWSERS]
    proposed = window.evaluate(PROPOSE, [slug.element_handle(), titles])
    assert dict(zip(titles, proposed, strict=True)) == {
        title: slug_of(title, max_length=PAGE_MAX_LENGTH) for title in titles
    }
