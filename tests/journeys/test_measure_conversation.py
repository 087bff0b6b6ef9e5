"""On a phone, a conversation is mostly words, and the form to join in is short: measured in pixels."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Window

from blog.models import BlogPage
from demo.cast import SIGN_INS, find_guest
from demo.content.comments.last_boat_french import FRENCH
from demo.factories.people import enrol
from dialogue.models import Comment
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.journeys.readers import comment_on, confirm_by_mail
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
TARGET = 44  # for a thumb
FORM_AT_MOST = 900  # of height, with all that a guest is asked


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


def use_form(window: Window) -> Locator:
    """Begin to write, and wait until the form is ready to be sent."""
    window.locator("comment-form [name=text]").focus()
    form = window.locator("#comment-form")
    expect(form.locator(".comment-form__terms")).to_be_visible()
    return form


def test_headers_leave_the_room_to_words(make_world, phone, settings) -> None:
    settings.PERSON_COMMENTS = (len(FRENCH), len(FRENCH))  # all of it in one minute
    article = make_world("fr").article
    hold_longest_conversation(article)
    phone.goto(article.url)
    assert phone.evaluate(SHARE_OF_HEADERS) <= HEADERS_AT_MOST
    assert phone.evaluate(LOWEST_TARGET) >= TARGET


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_is_short(make_world, phone, language) -> None:
    phone.goto(make_world(language).article.url)
    assert use_form(phone).bounding_box()["height"] <= FORM_AT_MOST


def test_whoever_spoke_before_is_known_and_asked_less(make_world, phone) -> None:
    lucie, article = find_guest("lucie"), make_world("fr").article
    phone.goto(article.url)
    comment_on(phone, lucie, "Une idée.")
    confirm_by_mail(phone, lucie)
    phone.goto(article.url)
    form = use_form(phone)
    expect(form.locator("[data-writer]")).to_contain_text(lucie.name)
    expect(form.locator("[name=email]")).to_be_hidden()
    choices = form.locator("[data-choices]")
    expect(choices.locator("fieldset")).to_be_hidden()
    choices.locator("summary").click()
    expect(choices.get_by_role("radio")).to_have_count(3)
    form.locator("[name=text]").fill("Une autre.")
    form.get_by_role("button", name=said("Send my comment")).click()
    expect(phone).not_to_have_url(article.full_url)
    assert Comment.objects.filter(author_name=lucie.name).count() == 2

    phone.goto(article.url)
    form = use_form(phone)
    form.get_by_role("button", name=said("Not you?")).click()
    expect(form.locator("[name=name]")).to_be_focused()
    expect(form.locator("[name=name]")).to_have_value("")
    expect(form.locator("[name=email]")).to_have_value("")


def test_the_organisation_is_asked_nothing_and_insiders_are_told_who_reads(
    make_world, phone, answerer
) -> None:
    dialogue = make_world("fr").internal_dialogue
    phone.goto(dialogue.url)
    sign_in(phone, answerer.username)
    form = use_form(phone)
    expect(form.get_by_text(said("They are not quoted before more people."))).to_be_visible()
    expect(form.get_by_role("radio", name=said("Ask me first"))).to_be_visible()
    form.locator("[name=voice][value=organisation]").check()
    expect(form.get_by_role("radio", name=said("Ask me first"))).to_be_hidden()
