"""Two moderators at one desk: each sees where the other looks, what they took on and what they decided."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from demo.cast import DEMO_PASSWORD
from dialogue.models import Comment
from moderation.actions import hide_comment, publish_comment
from moderation.models import Claim, PendingDecision
from moderation.views.queue import in_order_of_work
from people.groups import MODERATORS, the_group
from people.models import User
from tests.journeys.conftest import sign_in
from tests.journeys.test_clear_queue import card_of, is_armed, open_desk, refused_with
from tests.speech import receive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Nothing scrolls in a window so tall; else Wagtail's head lies over the tabs once a card is shown.
HEIGHT = 3_000

OWN = reverse("moderation_comments:list_own_decisions")
NARROW = {"viewport": {"width": 375, "height": 700}, "color_scheme": "dark"}


@pytest.fixture(autouse=True)
def _ten_minutes(settings):
    settings.UNDO_SECONDS = 600


@pytest.fixture
def waiting(article: BlogPage) -> list[Comment]:
    for number in range(3):
        receive(article, f"Mot {number}.", email=f"p{number}@example.org")
    return list(in_order_of_work(Comment.objects.held()))


@pytest.fixture
def other(site) -> User:
    user = User.objects.create_user(
        "odile", "odile@example.org", DEMO_PASSWORD, first_name="Odile", last_name="Dehors"
    )
    user.groups.add(the_group(MODERATORS))
    return user


def ask(window: Window) -> None:
    """Let the screen ask what goes on, as it does every ten seconds, and wait for the answer."""
    with window.expect_response("**/attend/**"):
        window.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def looking_at(window: Window, comment: Comment):
    return card_of(window, comment).locator("[data-looking]")


def test_each_sees_where_the_other_looks_and_what_they_decided(
    open_window: Callable[..., Window],
    waiting: list[Comment],
    moderator: User,
    other: User,
    article: BlogPage,
    complaints: list[str],
    check_accessibility,
):
    fanny, odile = open_desk(open_window(), moderator), open_desk(open_window(), other)
    is_armed(fanny, waiting[0])
    fanny.keyboard.press("j")
    ask(fanny)
    is_armed(odile, waiting[0])
    ask(odile)
    expect(looking_at(odile, waiting[1])).to_contain_text("Fanny Poirier")
    expect(looking_at(odile, waiting[0])).to_be_hidden()
    ask(fanny)
    expect(looking_at(fanny, waiting[0])).to_contain_text("Odile Dehors")
    # What one decides stays in its place for the other, who goes on where they are.
    fanny.keyboard.press("f")
    expect(card_of(fanny, waiting[1])).to_contain_class("is-decided")
    receive(article, "Un mot de plus.")
    ask(odile)
    decided = card_of(odile, waiting[1])
    expect(decided).to_contain_class("is-elsewhere")
    expect(decided.locator("[data-elsewhere]")).to_contain_text("Fanny Poirier")
    expect(decided.locator("[data-verb=publish]")).to_be_hidden()
    is_armed(odile, waiting[0])
    expect(odile.locator(".moderation-card")).to_have_count(3)
    odile.set_viewport_size({"width": 1280, "height": HEIGHT})
    check_accessibility(odile)
    odile.keyboard.press("j")
    is_armed(odile, waiting[2])
    # What is taken back can be decided on again.
    fanny.keyboard.press("u")
    expect(card_of(fanny, waiting[1])).not_to_contain_class("is-decided")
    ask(odile)
    expect(decided).not_to_contain_class("is-elsewhere")
    # What is new is offered.
    odile.locator("[data-moderation-attend-target=fresh]").click()
    expect(odile.locator(".moderation-card")).to_have_count(4)
    assert not complaints


def test_what_is_decided_under_ones_hands_is_said_and_what_was_written_stays(
    open_window: Callable[..., Window],
    waiting: list[Comment],
    moderator: User,
    other: User,
    complaints: list[str],
):
    fanny, odile = open_desk(open_window(), moderator), open_desk(open_window(), other)
    is_armed(odile, waiting[0])
    odile.keyboard.press("d")
    words = card_of(odile, waiting[0]).locator("[name=reason_text]").first
    words.fill("Voir les horaires.")
    is_armed(fanny, waiting[0])
    fanny.keyboard.press("f")
    expect(card_of(fanny, waiting[0])).to_contain_class("is-decided")
    ask(odile)
    expect(odile.locator("[data-moderation-desk-target=voice]")).to_contain_text("Fanny Poirier")
    expect(words).to_be_visible()
    expect(words).to_be_focused()
    expect(words).to_have_value("Voir les horaires.")
    assert PendingDecision.objects.get().by == moderator
    assert not complaints


def test_one_takes_a_comment_on_by_key_and_the_other_is_warned(
    open_window: Callable[..., Window],
    waiting: list[Comment],
    moderator: User,
    other: User,
    complaints: list[str],
    check_accessibility,
):
    fanny, odile = open_desk(open_window(), moderator), open_desk(open_window(**NARROW), other)
    is_armed(fanny, waiting[0])
    is_armed(odile, waiting[0])
    fanny.keyboard.press("c")
    claim = card_of(fanny, waiting[0]).locator("[data-claim]")
    expect(claim).to_have_attribute("data-claimer", str(moderator.pk))
    # Before it was told, the other one tries as well.
    card_of(odile, waiting[0]).locator("[data-claims] button").click()
    expect(card_of(odile, waiting[0]).locator("[data-claim]")).to_contain_text("Fanny Poirier")
    refused_with(409, complaints)
    odile.set_viewport_size({"width": 375, "height": HEIGHT})
    check_accessibility(odile)
    assert odile.evaluate("document.documentElement.scrollWidth") <= 375
    # Nobody is kept from deciding.
    card_of(odile, waiting[0]).locator("[data-verb=publish] button").click()
    expect(card_of(odile, waiting[0])).to_contain_class("is-decided")
    fanny.keyboard.press("c")
    expect(claim).to_have_attribute("data-claimer", "")
    assert not Claim.objects.exists()


def test_without_script_it_is_taken_on_and_released(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User
):
    window = open_desk(open_window(java_script_enabled=False), moderator)
    first = card_of(window, waiting[0])
    first.locator("[data-claims] button").click()
    expect(first.locator("[data-claim]")).to_have_attribute("data-claimer", str(moderator.pk))
    first.locator("[data-claims] button").click()
    expect(first.locator("[data-claim]")).to_have_attribute("data-claimer", "")
    assert not Claim.objects.exists()


@pytest.mark.parametrize("how", [{}, NARROW, {"java_script_enabled": False}])
def test_what_was_decided_is_decided_otherwise_from_ones_own_list(
    open_window: Callable[..., Window],
    waiting: list[Comment],
    moderator: User,
    how: dict,
    check_accessibility,
):
    publish_comment(waiting[0], by=moderator)
    hide_comment(waiting[0], by=moderator, reason_code="off_topic")
    window = open_window(**how)
    window.goto(OWN)
    sign_in(window, moderator.username)
    expect(window.locator(".moderation-own > li")).to_have_count(2)
    if how.get("java_script_enabled", True):
        check_accessibility(window)
        assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    window.locator("[data-verb=restore] button").press("Enter")
    go = window.locator(".moderation-pending__go")
    expect(go).to_have_count(1)
    expect(window.locator(".moderation-own__since").first).to_contain_text("Fanny Poirier")
    assert PendingDecision.objects.get().verb == "restore"
    go.locator("button").click()
    expect(window.locator(".moderation-pending__go")).to_have_count(0)
    assert not PendingDecision.objects.exists()


def test_what_is_taken_back_where_no_card_stands_leads_to_it(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User
):
    window = open_window()
    review = reverse("moderation_comments:review_comment", args=[waiting[0].public_id])
    window.goto(review)
    sign_in(window, moderator.username)
    window.locator(".moderation-choice--publish button").click()
    expect(window).not_to_have_url(re.compile(review))
    window.locator(".moderation-pending__go button").click()
    expect(window).to_have_url(re.compile(review))
    expect(window.locator(".moderation-choice--publish")).to_be_visible()
    assert not PendingDecision.objects.exists()
