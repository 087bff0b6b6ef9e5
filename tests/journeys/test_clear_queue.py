"""A moderator clears the queue by keyboard, takes a slip back, and is told where somebody else was first."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from demo.cast import DEMO_PASSWORD
from dialogue.models import Comment
from moderation.actions import carry_out_due
from moderation.models import Decision, PendingDecision
from moderation.views.queue import in_order_of_work
from people.groups import MODERATORS, the_group
from people.models import User
from tests.journeys.conftest import sign_in
from tests.speech import receive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = reverse("moderation_comments:list_comments")


@pytest.fixture(autouse=True)
def _ten_minutes(settings):
    """Nothing takes effect while a slow machine is at it; what is due is carried out by word."""
    settings.UNDO_SECONDS = 600


@pytest.fixture
def waiting(article: BlogPage) -> list[Comment]:
    """Twenty that wait, in the order in which the desk shows them."""
    for number in range(20):
        receive(article, f"Mot {number}.", email=f"p{number}@example.org")
    return list(in_order_of_work(Comment.objects.held()))


@pytest.fixture
def other(site) -> User:
    user = User.objects.create_user("odile", "odile@example.org", DEMO_PASSWORD, last_name="Dehors")
    user.groups.add(the_group(MODERATORS))
    return user


def card_of(window: Window, comment: Comment):
    return window.locator(f"#card-{comment.public_id}")


def is_armed(window: Window, comment: Comment) -> None:
    expect(card_of(window, comment)).to_contain_class("is-armed")


def open_desk(window: Window, user: User) -> Window:
    window.goto(DESK)
    sign_in(window, user.username)
    return window


def refused_with(status: int, complaints: list[str]) -> None:
    """The browser notes that one request was answered so, and nothing else."""
    assert len(complaints) == 1
    assert str(status) in complaints.pop()


def carry_out() -> None:
    PendingDecision.objects.update(due_at="2020-01-01T00:00:00Z")
    carry_out_due()


def test_twenty_are_cleared_by_keyboard_alone(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User
):
    window = open_desk(open_window(), moderator)
    is_armed(window, waiting[0])
    for number, comment in enumerate(waiting):
        is_armed(window, comment)
        if number % 4 == 3:
            window.keyboard.press("d")
            window.keyboard.press("1")  # off topic
            window.keyboard.press("Enter")
        else:
            window.keyboard.press("f")
        if comment != waiting[-1]:
            expect(card_of(window, comment)).to_contain_class("is-decided")
    # The last of a page leads to what comes next: nothing is left.
    expect(window.locator(".moderation-card")).to_have_count(0)
    expect(window.locator(".moderation-pending__go")).to_have_count(20)
    assert not Decision.objects.exclude(by=None).exists()
    carry_out()
    statuses = {comment.pk: comment.status for comment in Comment.objects.all()}
    assert [statuses[comment.pk] for comment in waiting] == 5 * [*3 * ["published"], "rejected"]
    assert set(Decision.objects.filter(verb="reject").values_list("reason_code", flat=True)) == {"off_topic"}


def test_a_slip_is_taken_back_and_the_card_is_there_again(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User, complaints: list[str]
):
    window = open_desk(open_window(), moderator)
    is_armed(window, waiting[0])
    window.keyboard.press("j")
    is_armed(window, waiting[1])
    window.keyboard.press("k")
    window.keyboard.press("f")
    is_armed(window, waiting[1])
    count = window.locator(".moderation-statuses [aria-current] .moderation-statuses__count")
    expect(count).to_have_text("19")
    expect(window.locator(".moderation-pending__go")).to_have_count(1)
    window.keyboard.press("u")
    expect(card_of(window, waiting[0])).not_to_contain_class("is-decided")
    is_armed(window, waiting[0])
    expect(count).to_have_text("20")
    assert not PendingDecision.objects.exists()
    # Without a reason nothing is sent, and the card says so.
    window.keyboard.press("d")
    window.keyboard.press("Enter")
    expect(card_of(window, waiting[0]).locator(".moderation-card__done")).to_contain_text("motif")
    window.keyboard.press("Escape")
    is_armed(window, waiting[0])
    assert not PendingDecision.objects.exists()
    refused_with(422, complaints)


def test_of_two_at_once_one_wins_and_the_other_is_told(
    open_window: Callable[..., Window],
    waiting: list[Comment],
    moderator: User,
    other: User,
    complaints: list[str],
):
    fanny, odile = open_desk(open_window(), moderator), open_desk(open_window(), other)
    is_armed(fanny, waiting[0])
    is_armed(odile, waiting[0])
    fanny.keyboard.press("f")
    expect(card_of(fanny, waiting[0])).to_contain_class("is-decided")
    odile.keyboard.press("f")
    expect(card_of(odile, waiting[0]).locator(".moderation-card__done")).to_contain_text("Fanny Poirier")
    is_armed(odile, waiting[1])
    assert PendingDecision.objects.get().by == moderator
    refused_with(409, complaints)


def test_its_keys_are_told_changed_and_switched_off(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User, check_accessibility
):
    window = open_desk(open_window(), moderator)
    is_armed(window, waiting[0])
    check_accessibility(window)
    window.keyboard.press("?")
    keys = window.get_by_role("dialog")
    expect(keys).to_be_visible()
    check_accessibility(window)
    keys.locator("[name=next]").fill("n")
    window.keyboard.press("Escape")
    window.keyboard.press("j")
    is_armed(window, waiting[0])
    window.keyboard.press("n")
    is_armed(window, waiting[1])
    # Kept for the next time; and nothing happens while somebody writes.
    window.reload()
    is_armed(window, waiting[0])
    search = window.locator("input[name=q]")
    search.focus()
    window.keyboard.type("nf")
    expect(search).to_have_value("nf")
    is_armed(window, waiting[0])
    search.blur()
    window.keyboard.press("?")
    keys.get_by_role("checkbox").uncheck()
    window.keyboard.press("Escape")
    window.keyboard.press("n")
    is_armed(window, waiting[0])
    assert not PendingDecision.objects.exists()


def test_one_at_a_time_on_a_phone_in_the_dark(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User, check_accessibility
):
    window = open_desk(open_window(viewport={"width": 375, "height": 700}, color_scheme="dark"), moderator)
    is_armed(window, waiting[0])
    window.locator("[data-moderation-desk-target=zen]").click()
    expect(card_of(window, waiting[1])).to_be_hidden()
    card_of(window, waiting[0]).locator("[data-verb=publish] button").click()
    expect(card_of(window, waiting[1])).to_be_visible()
    expect(card_of(window, waiting[0])).to_be_hidden()
    check_accessibility(window)
    assert window.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_script_each_act_is_a_form(
    open_window: Callable[..., Window], waiting: list[Comment], moderator: User
):
    window = open_desk(open_window(java_script_enabled=False), moderator)
    first = card_of(window, waiting[0])
    first.locator("summary.no").click()
    first.locator("select").select_option("off_topic")
    first.locator("[data-verb=reject] button").click()
    # It leads to the next, which tells what will be done, and the way back.
    expect(window.get_by_role("heading", level=1)).to_be_visible()
    window.locator(".moderation-pending__go button").click()
    expect(window.locator(".messages")).to_contain_text("Rien n’a changé")
    assert not PendingDecision.objects.exists()
