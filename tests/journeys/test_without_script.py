"""Where no script runs, people speak, reply, decide, sign in and search all the same."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from demo.cast import find_guest
from demo.factories.people import verify_guest
from dialogue import consents
from dialogue.actions import publish_comment
from dialogue.models import Comment
from mail.actions import process_mail
from people.models import Participant
from privacy.actions import has_consented
from tests.journeys.conftest import sign_in
from tests.journeys.editing import said
from tests.journeys.readers import confirm_by_mail, open_mailed_link
from tests.speech import say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LUCIE = find_guest("lucie")
WORDS = "Première idée.\n\n*Deuxième* idée."


@pytest.fixture
def plain_window(open_window: Callable[..., Window]) -> Window:
    """A window in which no script runs."""
    window = open_window(java_script_enabled=False)
    return window


def write(window: Window, text: str) -> None:
    form = window.locator("comment-form form")
    form.locator("[name=text]").fill(text)
    form.locator("[name=name]").fill(LUCIE.name)
    form.locator("[name=email]").fill(LUCIE.email)
    form.get_by_role("button", name=said("Preview my comment")).click()
    expect(window.get_by_role("heading", level=1)).to_have_text(said("This is how it will look"))


def send(window: Window) -> None:
    window.get_by_role("button", name=said("Send my comment")).click()
    expect(window).to_have_url(re.compile("/conversation/status/"))


class TestWithoutScript:
    def test_a_comment_is_previewed_mended_and_sent(self, make_world, plain_window) -> None:
        world = make_world("fr")
        plain_window.goto(world.article.url)
        write(plain_window, WORDS)
        words = plain_window.locator(".comment--preview .comment__words")
        expect(words.locator("p")).to_have_count(2)
        expect(words.locator("em")).to_have_text("Deuxième")
        assert not Comment.objects.filter(author_name=LUCIE.name).exists()

        write(plain_window, WORDS.replace("Première", "Meilleure"))
        expect(words).to_contain_text("Meilleure idée.")
        plain_window.locator("#consent-quoting-yes").check()
        send(plain_window)
        expect(plain_window.locator(".comment__words")).to_contain_text("Meilleure idée.")
        comment = Comment.objects.get(author_name=LUCIE.name)
        assert comment.text == WORDS.replace("Première", "Meilleure")
        assert comment.quote_consented_at

    def test_f27_an_address_is_confirmed(self, make_world, plain_window) -> None:
        world = make_world("fr")
        plain_window.goto(world.article.url)
        write(plain_window, WORDS)
        send(plain_window)
        plain_window.get_by_role("button", name=said("Send the message again")).click()
        expect(plain_window.locator("main [role=status]")).to_be_visible()
        open_mailed_link(plain_window, LUCIE)
        expect(plain_window.locator(".comment__words")).to_contain_text("Première idée.")
        plain_window.get_by_role("button", name=said("Yes, I wrote it")).click()
        expect(plain_window.get_by_role("heading", level=1)).to_have_text(
            said("Your comment waits for a moderator")
        )
        comment = Comment.objects.get(author_name=LUCIE.name)
        assert comment.participant.verified_at

    def test_f27_a_guest_has_a_page(self, make_world, plain_window) -> None:
        world = make_world("fr")
        guest = verify_guest(LUCIE.name, LUCIE.email)
        mine = say(world.article, "Je me ravise.", LUCIE.name, email=guest.email)
        plain_window.goto("/fr/conversation/participant/")
        plain_window.locator("main [name=email]").fill(LUCIE.email)
        plain_window.get_by_role("button", name=said("Send me the link")).click()
        expect(plain_window.locator("main [role=status]")).to_be_visible()
        open_mailed_link(plain_window, LUCIE)
        plain_window.get_by_role("button", name=said("Open my page")).click()
        own = plain_window.locator(f"#own-{mine.public_id}")
        own.get_by_text(said("Withdraw this comment")).click()
        own.get_by_role("button", name=said("Withdraw it for good")).click()
        expect(own.locator("summary")).to_have_count(0)
        mine.refresh_from_db()
        assert mine.withdrawn_at
        plain_window.get_by_role("button", name=said("Leave this page")).click()
        expect(plain_window.locator(f"#own-{mine.public_id}")).to_have_count(0)

    def test_a_guest_says_follows_changes_withdraws_takes_along_and_is_forgotten(
        self, make_world, open_window, complaints
    ) -> None:
        """On a phone, in French, without script, by mailed links alone."""
        world = make_world("fr")
        window = open_window(
            java_script_enabled=False, viewport={"width": 375, "height": 667}, has_touch=True
        )
        window.goto(world.dialogue.url)
        write(window, WORDS)
        for name in ("quoting-yes", "tell_me"):
            box = window.locator(f"#consent-{name}")
            expect(box).not_to_be_checked()
            box.check()
        send(window)
        confirm_by_mail(window, LUCIE)
        comment = Comment.objects.get(author_name=LUCIE.name)
        assert comment.status == "held"

        window.goto("/fr/conversation/participant/")
        expect(window.locator(f"#own-{comment.public_id}")).to_contain_text("Première idée.")
        window.get_by_role("button", name=said("Send me the link")).click()
        expect(window.locator("main [role=status]")).to_be_visible()
        open_mailed_link(window, LUCIE)
        window.get_by_role("button", name=said("Open my page")).click()
        window.get_by_role("link", name=said("Change this comment")).click()
        window.locator("main [name=text]").fill("Meilleure idée.")
        window.get_by_role("button", name=said("Save the new words")).click()
        comment.refresh_from_db()
        assert comment.text == "Meilleure idée."
        publish_comment(comment, by=None)
        reply = say(world.dialogue, "Bien dit.", "Yvette M.", parent=comment)
        process_mail()
        told = [message.body for message in mail.outbox if message.to == [LUCIE.email]][-1]
        window.goto(re.search(r"https?://\S+/c/\S+", told)[0])
        expect(window.locator(f"#{reply.anchor}")).to_contain_text("Bien dit.")

        window.goto("/fr/conversation/participant/consents/")
        window.locator("main [name=tell_outcomes]").uncheck()
        window.locator("#consents").get_by_role("button", name=said("Save")).click()
        expect(window.locator("#consents [role=status]")).to_be_visible()
        assert not has_consented(comment.participant, consents.OUTCOMES)
        assert has_consented(comment.participant, consents.QUOTE, cause_id=comment.pk)

        window.goto("/fr/conversation/participant/")
        own = window.locator(f"#own-{comment.public_id}")
        own.get_by_text(said("Withdraw this comment")).click()
        own.get_by_role("button", name=said("Withdraw it for good")).click()
        comment.refresh_from_db()
        assert comment.withdrawn_at
        for name in ("Download as JSON", "Download as CSV"):
            with window.expect_download() as download:
                window.get_by_role("button", name=said(name)).click()
            kept = Path(download.value.path()).read_bytes()
            assert kept.startswith(b"PK") or LUCIE.email.encode() in kept

        window.get_by_role("link", name=said("Erase everything about you")).click()
        window.get_by_role("button", name=said("Erase everything")).click()
        expect(window.locator("main .field__error")).to_be_visible()  # the box was not ticked
        complaints[:] = [words for words in complaints if "status of 422" not in words]
        window.locator("main [name=is_sure]").check()
        window.get_by_role("button", name=said("Erase everything")).click()
        expect(window.get_by_role("heading", level=1)).to_have_text(said("It is done"))
        assert not Participant.objects.filter(email=LUCIE.email).exists()
        window.goto(world.dialogue.url)
        expect(window.locator(f"#{reply.anchor}")).to_be_visible()
        assert LUCIE.name not in window.content()

    def test_what_is_wrong_is_said_and_nothing_is_lost(self, make_world, plain_window, complaints) -> None:
        world = make_world("fr")
        plain_window.goto(world.article.url)
        form = plain_window.locator("comment-form form")
        form.locator("[name=text]").fill(WORDS)
        form.get_by_role("button").first.click()
        expect(plain_window.locator("[data-error-summary]")).to_be_visible()
        expect(plain_window.locator("[name=text]")).to_have_value(WORDS)
        complaints[:] = [words for words in complaints if "status of 422" not in words]

    def test_a_reply_has_a_page_of_its_own(self, make_world, plain_window) -> None:
        world = make_world("fr")
        plain_window.goto(world.article.url)
        comment = plain_window.locator(f"#{world.comment.anchor}")
        comment.get_by_role("link", name=said("Reply")).click()
        write(plain_window, "Je suis d’accord.")
        send(plain_window)
        reply = Comment.objects.get(author_name=LUCIE.name)
        assert reply.parent == world.comment

    def test_an_employee_signs_in_and_speaks(self, make_world, plain_window, employee) -> None:
        world = make_world("fr")
        plain_window.goto(world.internal_dialogue.url)
        sign_in(plain_window, employee.username)
        expect(plain_window).to_have_url(re.compile(f"{world.internal_dialogue.url}$"))
        plain_window.locator("comment-form [name=text]").fill("Au vestiaire.")
        plain_window.get_by_role("button", name=said("Preview my comment")).click()
        send(plain_window)
        assert Comment.objects.get(page=world.internal_dialogue).participant.user == employee

    def test_a_moderator_publishes(self, make_world, plain_window, moderator) -> None:
        world = make_world("fr")
        plain_window.goto(f"/admin/moderation/comments/{world.held.public_id}/")
        sign_in(plain_window, moderator.username)
        plain_window.locator("form[action$='/publish/']").get_by_role("button").click()
        expect(plain_window.locator(".messages .success")).to_be_visible()
        world.held.refresh_from_db()
        assert world.held.is_published

    def test_the_portal_is_searched(self, make_world, plain_window) -> None:
        world = make_world("fr")
        plain_window.goto("/fr/")
        search = plain_window.get_by_role("banner").get_by_role("search").first
        search.locator("[name=query]").fill("bateau")
        search.get_by_role("button").click()
        results = plain_window.get_by_role("main")
        results.get_by_role("link", name=world.article.title).first.click()
        expect(plain_window.get_by_role("heading", level=1)).to_have_text(world.article.title)

    def test_a_film_leads_to_where_it_is_kept(self, make_world, plain_window) -> None:
        world = make_world("fr")
        plain_window.goto(world.article.url)
        expect(plain_window.locator("video-embed a").first).to_have_attribute(
            "href", re.compile("^https://(vimeo.com|www.youtube.com)/")
        )
        expect(plain_window.locator("copy-link button")).to_be_hidden()
