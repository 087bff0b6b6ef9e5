"""A moderator suspends somebody from a card; the person is told, reads on, keeps the words, comes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from blog.models import BlogPage
from dialogue.models import Comment
from moderation.models import Measure
from people.models import User
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.speech import receive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = reverse("moderation_comments:list_comments")
WORDS = "Je ne vous crois toujours pas."
REASON = "Restez courtois avec les autres."


@pytest.fixture
def waiting(article: BlogPage, employee: User) -> Comment:
    return receive(article, "Vous mentez tous.", user=employee, signals=frozenset({"honeypot"}))


def leave_note(window: Window) -> None:
    """By keyboard, and back at the card."""
    expect(window.locator(".moderation-card")).to_contain_class("is-armed")
    window.keyboard.press("n")
    expect(window.locator(".moderation-notes textarea")).to_be_focused()
    window.keyboard.type("Troisième fois.")
    window.locator(".moderation-notes").get_by_role("button", name=said("Keep the note")).click()
    expect(window.locator(".moderation-notes summary")).to_contain_text("1 note")


def suspend(window: Window, *, has_script: bool) -> None:
    """From the card on, with what a moderator fills in; bad input first."""
    if has_script:
        expect(window.locator(".moderation-card")).to_contain_class("is-armed")
        window.keyboard.press("m")
    else:
        window.locator(".moderation-card").get_by_role("link", name=said("Measures…")).click()
    form = window.locator(".moderation-measure")
    form.locator("[value=suspension]").check()
    form.locator("[name=reason_code]").select_option("personal_attack")
    form.locator("[name=reason_text]").fill(REASON)
    form.get_by_role("button").click()
    expect(form.locator("[name=reason_text]")).to_have_value(REASON)
    expect(form).to_contain_text(said("Say until which day they are suspended."))
    form.locator("[name=last_day]").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    form.get_by_role("button").click()
    expect(window.locator("#measures .moderation-log__entry")).to_contain_text(REASON)


def write(window: Window, words: str, *, has_script: bool) -> None:
    form = window.locator("comment-form form")
    form.locator("[name=text]").fill(words)
    name = "Send my comment" if has_script else "Preview my comment"
    form.get_by_role("button", name=said(name)).click()


@pytest.mark.parametrize("has_script", [True, False])
def test_they_are_told_keep_their_words_and_come_back(
    open_window: Callable[..., Window],
    waiting: Comment,
    moderator: User,
    employee: User,
    check_accessibility: Callable[..., None],
    complaints: list[str],
    has_script: bool,
):
    phone = {"viewport": {"width": 375, "height": 800}, "java_script_enabled": has_script}
    reader, desk = open_window(**phone), open_window(java_script_enabled=has_script)
    reader.goto(reverse("account_login"))
    sign_in(reader, employee.username)
    page = waiting.page.get_url()
    reader.goto(page)
    expect(reader.locator("comment-form [name=text]")).to_be_visible()

    desk.goto(DESK)
    sign_in(desk, moderator.username)
    if has_script:
        leave_note(desk)
    suspend(desk, has_script=has_script)
    if has_script:
        desk.reload()  # what was said above fades in
        check_accessibility(desk)

    # The form was open before: what is sent comes back, with the words to take along.
    write(reader, WORDS, has_script=has_script)
    main = reader.get_by_role("main")
    expect(main.locator(".notice").filter(has_text=REASON)).to_be_visible()
    expect(main.locator("textarea[name=text]")).to_have_value(WORDS)
    expect(main.locator("textarea[name=text]")).not_to_be_editable()
    # Opened anew, the sentence stands in place of the form, and everything can be read.
    reader.goto(page)
    expect(main.locator(".notice").filter(has_text=REASON)).to_be_visible()
    expect(reader.locator("comment-form")).to_have_count(0)
    if has_script:
        check_accessibility(reader)
    assert not Comment.objects.filter(text=WORDS).exists()
    reader.goto(reverse("personal_page"))
    expect(reader.locator("#measures")).to_contain_text(REASON)
    if has_script:
        check_accessibility(reader)

    desk.locator("#measures form[action$='/lift/'] button").click()
    expect(desk.locator("#measures form[action$='/lift/']")).to_have_count(0)
    assert not Measure.objects.in_force().exists()
    reader.goto(page)
    write(reader, "Pardon.", has_script=has_script)
    if not has_script:
        reader.get_by_role("button", name=said("Send my comment")).click()
    expect(reader.get_by_text("Pardon.")).to_be_visible()
    assert Comment.objects.filter(text="Pardon.").exists()
    # What is refused is answered 422, of which browsers complain; of nothing else.
    assert all("422" in complaint for complaint in complaints)
    complaints.clear()
