"""On a phone, a conversation is mostly words: measured on the longest of the demonstration, in pixels."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Window

from blog.models import BlogPage
from demo.cast import SIGN_INS, find_guest
from demo.content.comments.last_boat_french import FRENCH
from demo.factories.people import enrol
from dialogue.models import Comment
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 375, "height": 667}
HEADERS_AT_MOST = 0.22  # of the height of headers and words together
SHARE_OF_HEADERS = """() => {
    let headers = 0, words = 0;
    for (const comment of document.querySelectorAll("#conversation .comment")) {
        const said = comment.querySelector(":scope > .comment__words").getBoundingClientRect();
        headers += said.top - comment.getBoundingClientRect().top;
        words += said.height;
    }
    return headers / (headers + words);
}"""
LOWEST_TARGET = """() => Math.min(...[...document.querySelectorAll("#conversation .comment__foot > *")]
    .map((act) => act.getBoundingClientRect().height))"""
TARGET = 44  # pixels, for a thumb


def hold_longest_conversation(article: BlogPage) -> None:
    """Let the cast say under `article` what they say under the last boat."""
    staff = {person.key: person for person in SIGN_INS}
    said: dict[str, Comment] = {}
    for content in FRENCH:
        person = staff.get(content.author)
        said[content.key] = say(
            article,
            content.text,
            "" if person else find_guest(content.author).name,
            user=enrol(person)[0] if person else None,
            parent=said.get(content.parent),
            for_organisation=content.for_organisation,
        )


@pytest.fixture
def phone(open_window: Callable[..., Window]) -> Window:
    return open_window(viewport=PHONE, has_touch=True)


def test_headers_leave_the_room_to_words(make_world, phone, settings) -> None:
    settings.PERSON_COMMENTS = (len(FRENCH), len(FRENCH))  # all of it in one minute
    article = make_world("fr").article
    hold_longest_conversation(article)
    phone.goto(article.url)
    assert phone.evaluate(SHARE_OF_HEADERS) <= HEADERS_AT_MOST
    assert phone.evaluate(LOWEST_TARGET) >= TARGET
