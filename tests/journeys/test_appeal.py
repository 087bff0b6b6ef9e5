"""A guest whose comment was rejected appeals by the mail, another moderator overturns it, and it is read."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from demo.cast import DEMO_PASSWORD
from dialogue.models import Comment
from mail.actions import process_mail
from moderation.actions import carry_out_due
from moderation.models import Appeal, PendingDecision
from people.groups import MODERATORS, the_group
from people.models import User
from tests.browser import AXE_RULES
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.speech import receive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "camille@example.org"
DESK = reverse("moderation_comments:list_comments")
WORDS = "Les bancs sont sur le quai : relisez le deuxième paragraphe."


@pytest.fixture(autouse=True)
def _ten_minutes(settings):
    """Nothing takes effect while a slow machine is at it; what is due is carried out by word."""
    settings.UNDO_SECONDS = 600


@pytest.fixture
def other(site) -> User:
    user = User.objects.create_user("odile", "odile@example.org", DEMO_PASSWORD, last_name="Dehors")
    user.groups.add(the_group(MODERATORS))
    return user


def carry_out() -> None:
    PendingDecision.objects.update(due_at="2020-01-01T00:00:00Z")
    carry_out_due()


def last_message() -> str:
    process_mail()
    return [message.body for message in mail.outbox if message.to == [ADDRESS]][-1]


def desk_of(open_window: Callable[..., Window], user: User, status: str) -> Window:
    window = open_window()
    window.goto(f"{DESK}?status={status}")
    sign_in(window, user.username)
    return window


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_rejected_appealed_overturned_published_and_told(
    open_window: Callable[..., Window],
    article: BlogPage,
    moderator: User,
    other: User,
    check_accessibility: Callable[..., None],
    has_script: bool,
) -> None:
    comment: Comment = receive(article, "Et les bancs ?", "Camille Roy", email=ADDRESS)
    desk = desk_of(open_window, moderator, "held")
    expect(desk.locator(f"#card-{comment.public_id}")).to_contain_class("is-armed")
    desk.keyboard.press("d")
    desk.keyboard.press("1")
    desk.keyboard.press("Enter")
    expect(desk.locator(".moderation-pending__go")).to_be_visible()
    carry_out()

    phone = open_window(
        java_script_enabled=has_script, viewport={"width": 375, "height": 720}, has_touch=True
    )
    phone.goto(re.search(r"https?://\S+/appeal/", last_message())[0])
    if has_script:
        check_accessibility(phone)
    phone.locator("[name=text]").fill(WORDS)
    phone.get_by_role("button", name=said("Send the appeal")).click()
    expect(phone.locator(".notice", has_text=said("We have your appeal"))).to_be_visible()
    assert Appeal.objects.get().text == WORDS

    desk.goto(f"{DESK}?status=appealed")
    card = desk.locator(f"#card-{comment.public_id}")
    expect(card).to_contain_text(said("You took this decision: somebody else answers the appeal."))
    expect(card.locator("form[data-verb]")).to_have_count(0)

    desk = desk_of(open_window, other, "appealed")
    card = desk.locator(f"#card-{comment.public_id}")
    expect(card).to_contain_text(WORDS)
    expect(card).to_contain_class("is-armed")
    if has_script:
        # Wagtail announces how many there are in a heading, against what is best practice.
        check_accessibility(desk, [rule for rule in AXE_RULES if rule != "best-practice"])
    desk.keyboard.press("d")  # to uphold, words are needed: the field has the focus
    expect(card.locator("[name=reason_text]").first).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("f")
    expect(desk.locator(".moderation-pending__go")).to_be_visible()
    assert Appeal.objects.get().outcome is None
    carry_out()
    assert Appeal.objects.get().is_overturned

    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text(said("Your comment is published"))
    expect(phone.locator(".notice--positive")).to_be_visible()
    assert comment.get_absolute_url() in last_message()
    phone.goto(article.url)
    expect(phone.locator(f"#{comment.anchor}")).to_contain_text("Et les bancs ?")
