"""On a phone, in French, without script: a comment is flagged, a conversation followed by mailed links."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from demo.cast import find_guest
from dialogue.models import Follow
from mail.actions import process_mail
from moderation.actions import keep_comment
from moderation.models import Flag
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.journeys.readers import open_mailed_link
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LUCIE = find_guest("lucie")


@pytest.fixture
def phone(open_window: Callable[..., Window]) -> Window:
    window = open_window(java_script_enabled=False, viewport={"width": 320, "height": 640}, has_touch=True)
    return window


def mail_sent() -> str:
    """Let patience pass, and return the last message to Lucie."""
    process_mail()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        process_mail()
    return [message.body for message in mail.outbox if message.to == [LUCIE.email]][-1]


def test_f27_a_comment_is_flagged_answered_and_the_reader_told(
    make_world, phone, open_window, moderator, complaints
) -> None:
    world = make_world("fr")
    phone.goto(world.article.url)
    comment = phone.locator(f"#{world.comment.anchor}")
    comment.get_by_role("link", name=re.compile("^Signaler")).click()
    phone.get_by_role("button", name=said("Send to the moderators")).click()
    expect(phone.locator("[data-error-summary]")).to_be_visible()
    expect(phone.locator("[name=law]")).to_be_hidden()
    phone.get_by_label(said("It is illegal")).check()
    expect(phone.locator("[name=law]")).to_be_visible()
    phone.locator("[name=law]").fill("L’article 13.")
    phone.locator("[name=is_in_good_faith]").check()
    phone.locator("main [name=name]").fill(LUCIE.name)
    phone.locator("main [name=email]").fill(LUCIE.email)
    phone.locator("[name=wants_result]").check()
    phone.get_by_role("button", name=said("Send to the moderators")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(said("Thank you"))
    complaints[:] = [words for words in complaints if "status of 422" not in words]
    flag = Flag.objects.get()
    assert (flag.comment, flag.law, flag.email) == (world.comment, "L’article 13.", LUCIE.email)

    desk = open_window(java_script_enabled=False)
    desk.goto("/admin/moderation/comments/?status=flagged")
    sign_in(desk, moderator.username)
    desk.locator(f"#card-{world.comment.public_id}").get_by_role("link", name=said("Look closer")).click()
    expect(desk.get_by_role("main")).to_contain_text("L’article 13.")
    desk.locator("form[action$='/keep/']").get_by_role("button").click()
    expect(desk.locator(".messages .success")).to_be_visible()
    flag.refresh_from_db()
    assert flag.state == "dismissed"
    assert keep_comment(world.comment, by=moderator) is None
    assert world.comment.get_absolute_url() in mail_sent()


def test_f27_a_conversation_is_followed_told_muted_and_left(make_world, phone) -> None:
    world = make_world("fr")
    phone.goto(world.dialogue.url)
    phone.get_by_role("link", name=re.compile("^Suivre")).first.click()
    phone.locator("main [name=email]").fill(LUCIE.email)
    phone.get_by_role("button", name=said("Follow it")).click()
    expect(phone.locator("main [role=status]")).to_be_visible()
    open_mailed_link(phone, LUCIE)
    phone.get_by_role("button", name=said("Yes, follow it")).click()
    expect(phone.locator("main [role=status]")).to_be_visible()
    assert Follow.objects.get().is_followed

    spoken = say(world.dialogue, "Une idée neuve.", "Yvette M.")
    told = mail_sent()
    assert "Une idée neuve." in told
    phone.goto(re.search(r"https?://\S+/c/\S+", told)[0])
    expect(phone.locator(f"#{spoken.anchor}")).to_contain_text("Une idée neuve.")

    phone.goto(f"/fr/conversation/{world.dialogue.pk}/follow/")
    phone.get_by_role("button", name=said("Mute it"), exact=True).click()
    expect(phone.locator("main [role=status]")).to_be_visible()
    assert Follow.objects.get().is_muted
    phone.get_by_role("button", name=said("Follow it"), exact=True).click()
    assert Follow.objects.get().is_followed

    phone.goto(re.findall(r"https?://\S+/mail/stop/\S+", told)[0])
    phone.get_by_role("button", name=said("Stop these messages")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(said("You get no more of these messages"))
    assert not Follow.objects.exists()
