"""Writing is kind: drafts are kept, words quoted and mended, and what is new is said where one reads."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from playwright.sync_api import Page as Window
from playwright.sync_api import Route, expect

from demo.cast import DEMO_PASSWORD, find_guest
from demo.factories.people import verify_guest
from dialogue.models import Comment
from people.actions import trust_device
from people.devices import keep_token
from people.models import Participant
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.journeys.readers import comment_on
from tests.speech import say

# Beside what js/conversation.js remembers for itself: the time of the newest comment shown.
DRAFTS_KEPT = "Object.keys(localStorage).filter((key) => !key.startsWith('parley:read:')).length"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LUCIE = find_guest("lucie")
MARK = """([selector, words]) => {
  const place = document.querySelector(selector);
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    return document.getSelection().setBaseAndExtent(node, start, node, start + words.length);
  }
}"""


@pytest.fixture
def window(page: Window) -> Window:
    return page


def trust(window: Window, address: str) -> None:
    """Trust the window for Lucie's address, who is known here: what she says is published at once."""
    verify_guest(LUCIE.name, LUCIE.email)
    _device, token = trust_device(Participant.objects.get(email=LUCIE.email), browser="", system="")
    answer = HttpResponse()
    keep_token(answer, token)
    for name, morsel in answer.cookies.items():
        window.context.add_cookies([{"name": name, "value": morsel.value, "url": address}])


def write_and_send(window: Window, words: str) -> None:
    """Use the form, which is there in full when it is first touched."""
    text_of(window).focus()
    expect(window.get_by_role("button", name=said("Send my comment"))).to_be_visible()
    comment_on(window, LUCIE, words)


def text_of(window: Window):
    return window.locator("comment-form form [name=text]")


class TestLostAnswer:
    def test_r06_what_is_changed_after_the_answer_was_lost_is_what_is_kept(
        self, make_world, window, complaints
    ) -> None:
        def lose(route: Route) -> None:
            route.fetch(max_redirects=0)
            route.abort()

        window.goto(make_world("fr").article.url)
        window.route("**/create/", lose, times=1)
        write_and_send(window, "Le banc est casé.")
        expect(window.locator(".comment-form__status p")).to_be_visible()
        complaints.clear()
        text_of(window).fill("Le banc est cassé.")
        window.get_by_role("button", name=said("Send my comment")).click()
        expect(window).to_have_url(re.compile("/conversation/status/"))
        expect(window.locator(".comment__words")).to_have_text("Le banc est cassé.")
        assert Comment.objects.filter(text__startswith="Le banc est cas").count() == 1


class TestDraft:
    def test_a_guests_text_is_kept_on_the_device_until_it_is_sent(self, make_world, window) -> None:
        world = make_world("fr")
        window.goto(world.article.url)
        text_of(window).press_sequentially("Une idée à mûrir.")
        window.reload()
        expect(text_of(window)).to_have_value("Une idée à mûrir.")
        expect(window.locator("[data-draft] [role=status]")).to_have_text(
            said("Your text was kept on this device.")
        )
        comment_on(window, LUCIE, "Une idée mûre.")
        expect(window).to_have_url(re.compile("/conversation/status/"))
        window.goto(world.article.url)
        expect(text_of(window)).to_have_value("")
        assert window.evaluate(DRAFTS_KEPT) == 0

    def test_it_can_be_thrown_away(self, make_world, window) -> None:
        world = make_world("fr")
        window.goto(world.article.url)
        text_of(window).press_sequentially("Non.")
        window.reload()
        window.get_by_role("button", name=said("Throw it away")).click()
        expect(text_of(window)).to_have_value("")
        expect(text_of(window)).to_be_focused()
        window.reload()
        expect(text_of(window)).to_have_value("")

    def test_it_lives_thirty_days(self, make_world, window) -> None:
        world = make_world("fr")
        window.goto(world.article.url)
        key = f"parley.draft.{world.article.pk}."
        window.evaluate(
            "([key, at]) => localStorage.setItem(key, JSON.stringify({text: 'Vieux', at}))", [key, 1]
        )
        window.reload()
        expect(text_of(window)).to_have_value("")
        assert window.evaluate(DRAFTS_KEPT) == 0

    def test_each_comment_that_is_replied_to_has_its_own(self, make_world, window) -> None:
        world = make_world("fr")
        window.goto(world.article.url)
        window.locator(f"#{world.comment.anchor} .comment__reply").first.click()
        text_of(window).press_sequentially("À vous.")
        window.reload()
        expect(text_of(window)).to_have_value("")
        window.locator(f"#{world.comment.anchor} .comment__reply").first.click()
        expect(text_of(window)).to_have_value("À vous.")

    def test_by_the_plain_form_it_goes_once_the_server_has_it(self, make_world, window) -> None:
        """The preview page sends the form without our script: the page it leads to drops the draft."""
        world = make_world("fr")
        window.goto(world.article.url)
        text_of(window).press_sequentially("Par le chemin simple.")
        window.locator("comment-form form [name=name]").fill(LUCIE.name)
        window.locator("comment-form form [name=email]").fill(LUCIE.email)
        expect(window.get_by_role("button", name=said("Send my comment"))).to_be_visible()
        window.evaluate("document.querySelector('comment-form').ticket = null")
        window.locator("comment-form form button[type=submit]").click()
        expect(window.get_by_role("heading", level=1)).to_have_text(said("This is how it will look"))
        window.locator("form[data-sends-draft] button").click()
        expect(window).to_have_url(re.compile("/conversation/status/"))
        expect(window.get_by_role("heading", level=1)).to_be_visible()
        window.wait_for_load_state()
        assert window.evaluate(DRAFTS_KEPT) == 0

    def test_what_is_internal_stays_in_the_window(self, make_world, window, employee, complaints) -> None:
        world = make_world("fr")
        window.goto(world.internal_dialogue.url)
        sign_in(window, employee.username, DEMO_PASSWORD)
        window.goto(world.internal_dialogue.url)
        text_of(window).press_sequentially("Entre nous.")
        assert window.evaluate(DRAFTS_KEPT) == 0
        asked: list[str] = []
        window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        window.reload()
        assert asked == ["beforeunload"]
        expect(text_of(window)).to_have_value("Entre nous.")


class TestWrite:
    def test_the_words_are_shown_as_they_will_look(self, make_world, window) -> None:
        world = make_world("fr")
        window.goto(world.article.url)
        fold = window.locator("[data-live-preview]")
        expect(fold).to_be_visible()
        text_of(window).press_sequentially("*Oui* <b>non</b>")
        expect(fold.locator("[data-words] *")).to_have_count(0)
        fold.locator("summary").click()
        expect(fold.locator("em")).to_have_text("Oui")
        expect(fold.locator("[data-words]")).to_contain_text("<b>non</b>")
        text_of(window).press_sequentially(" **fort**")
        expect(fold.locator("strong")).to_have_text("fort")
        assert Comment.objects.filter(text__contains="fort").count() == 0

    def test_control_and_enter_send(self, make_world, window) -> None:
        world = make_world("fr")
        window.goto(world.article.url)
        form = window.locator("comment-form form")
        form.locator("[name=name]").fill(LUCIE.name)
        form.locator("[name=email]").fill(LUCIE.email)
        expect(form.get_by_role("button", name=said("Send my comment"))).to_be_visible()
        text_of(window).fill("Par les touches.")
        text_of(window).press("Control+Enter")
        expect(window).to_have_url(re.compile("/conversation/status/"))

    def test_marked_words_are_quoted_by_keyboard(self, make_world, window, live_address) -> None:
        world = make_world("fr")
        say(world.article, "Déjà là.", LUCIE.name, email=LUCIE.email)
        trust(window, live_address)
        window.goto(world.article.url)
        window.evaluate(MARK, [f"#{world.comment.anchor} > .comment__words", "part trop tôt"])
        button = window.get_by_role("button", name=said("Quote the marked words"))
        expect(button).to_be_visible()
        button.focus()
        expect(button).to_be_visible()
        window.keyboard.press("Enter")
        expect(text_of(window)).to_be_focused()
        expect(window.locator("[data-passage-words]")).to_have_text("part trop tôt")
        write_and_send(window, "Justement.")
        reply = window.locator("article.comment", has_text="Justement.").last
        expect(reply.locator(".comment__passage")).to_contain_text("[…] part trop tôt […]")
        assert Comment.objects.get(text="Justement.").passage_start

    def test_a_guest_changes_what_they_have_just_sent_from_where_it_stands(
        self, make_world, window, live_address, check_accessibility
    ) -> None:
        world = make_world("fr")
        say(world.article, "Déjà là.", LUCIE.name, email=LUCIE.email)
        trust(window, live_address)
        window.goto(world.article.url)
        write_and_send(window, "Une fote.")
        mine = window.locator("article.comment", has_text="Une fote.").last
        mine.get_by_role("link", name=said("Change your comment")).click()
        window.wait_for_load_state()
        check_accessibility(window)
        window.locator("main [name=text]").fill("Une faute.")
        window.get_by_role("button", name=said("Save the new words")).click()
        mine = window.locator("article.comment", has_text="Une faute.").last
        expect(mine.locator(".comment__edited")).to_be_visible()
        mine.get_by_role("link", name=said("What it said before")).click()
        expect(window.locator("del")).to_contain_text("fote")
        window.wait_for_load_state()
        check_accessibility(window)


class TestNews:
    def test_they_are_said_and_the_page_does_not_move(self, make_world, window) -> None:
        world = make_world("fr")
        window.clock.install()
        window.goto(world.article.url)
        text_of(window).press_sequentially("En cours.")
        for number in range(2):
            say(world.article, f"Du nouveau, {number}.", "Bertrand Savard")
        before = window.evaluate("[scrollY, document.documentElement.scrollHeight]")
        window.clock.fast_forward(61_000)
        link = window.locator("conversation-news a")
        expect(link).to_have_text("2 nouveaux commentaires")
        assert window.evaluate("[scrollY, document.documentElement.scrollHeight]") == before
        link.click()
        expect(window.locator("article.comment", has_text="Du nouveau, 1.")).to_have_count(1)
        expect(text_of(window)).to_have_value("En cours.")


class TestWithoutScript:
    @pytest.fixture
    def plain(self, open_window: Callable[..., Window]) -> Window:
        window = open_window(java_script_enabled=False, viewport={"width": 320, "height": 640})
        return window

    def test_a_reply_quotes_by_a_tick(self, make_world, plain) -> None:
        world = make_world("fr")
        plain.goto(f"/fr/conversation/{world.comment.public_id}/reply/")
        form = plain.locator("comment-form form")
        form.locator("[name=text]").fill("Bien dit.")
        form.locator("[name=quote]").check()
        form.locator("[name=name]").fill(LUCIE.name)
        form.locator("[name=email]").fill(LUCIE.email)
        form.get_by_role("button", name=said("Preview my comment")).click()
        expect(plain.locator(".comment--preview .comment__passage")).to_contain_text("Je prends ce bateau")
        plain.get_by_role("button", name=said("Send my comment")).click()
        expect(plain).to_have_url(re.compile("/conversation/status/"))
        reply = Comment.objects.get(text="Bien dit.")
        assert reply.passage_version == 1

    def test_a_guest_changes_what_was_sent_from_the_reply_page(self, make_world, plain, live_address) -> None:
        world = make_world("fr")
        mine = say(world.article, "Une fote.", LUCIE.name, email=LUCIE.email)
        trust(plain, live_address)
        Comment.objects.filter(pk=mine.pk).update(device=mine.participant.devices.get())  # sent from there
        plain.goto(f"/fr/conversation/{mine.public_id}/reply/")
        plain.get_by_role("link", name=said("change it, or withdraw it")).click()
        plain.wait_for_load_state()
        assert plain.evaluate("document.documentElement.scrollWidth") <= 320
        plain.locator("main [name=text]").fill("Une faute.")
        plain.get_by_role("button", name=said("Save the new words")).click()
        expect(plain.locator("article.comment", has_text="Une faute.").last).to_be_visible()

    def test_an_employee_looks_after_what_they_said(self, make_world, plain, employee) -> None:
        world = make_world("fr")
        plain.goto("/fr/conversation/mine/")
        plain.locator("main").get_by_role("link", name=said("Sign in")).click()
        sign_in(plain, employee.username, DEMO_PASSWORD)
        expect(plain.locator("#comments")).to_be_visible()
        plain.goto(world.dialogue.url)
        form = plain.locator("comment-form form")
        form.locator("[name=text]").fill("Celui du moulain.")
        form.get_by_role("button", name=said("Preview my comment")).click()
        plain.get_by_role("button", name=said("Send my comment")).click()
        plain.goto("/fr/conversation/mine/")
        assert plain.evaluate("document.documentElement.scrollWidth") <= 320
        plain.get_by_role("link", name=said("Change this comment")).click()
        plain.locator("main [name=text]").fill("Celui du moulin.")
        plain.get_by_role("button", name=said("Save the new words")).click()
        expect(plain.locator(".comment__words").first).to_have_text("Celui du moulin.")
        plain.get_by_text(said("Withdraw this comment")).click()
        plain.get_by_role("button", name=said("Withdraw it for good")).click()
        assert Comment.objects.get(text="Celui du moulin.").withdrawn_at
