"""Whoever is quoted from elsewhere is invited to reply, once, by an address that the page never holds."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core import mail as mailbox
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from blog.models import BlogPage
from dialogue.actions import invite_author
from dialogue.elsewhere import words_in
from dialogue.models import ReplyInvitation
from mail.actions import process_mail, suppress_address
from mail.models import OutgoingMail, SuppressedAddress
from people.models import Participant

pytestmark = pytest.mark.django_db

ADDRESS = "rose.aimee@example.org"
WORDS = {
    "text": "Je vous demande de ne pas me laisser dehors.",
    "name": "Rose-Aimée Cormier",
    "source": "Lettre reçue au guichet",
    "permission": True,
    "permission_given": "de vive voix",
}


@pytest.fixture
def page(articles_fr, editor) -> BlogPage:
    """A published page with words from elsewhere."""
    page = BlogPage(title="Les guichets", introduction="<p>Voici.</p>", owner=editor)
    articles_fr.add_child(instance=page)
    page.body = [("comment_from_elsewhere", WORDS)]
    page.save_revision(user=editor).publish()
    return BlogPage.objects.get(pk=page.pk)


@pytest.fixture
def browser(signed_in, editor):
    return signed_in(editor)


def block_of(page: Page) -> str:
    [block_id] = words_in(page.body)
    return block_id


def look(client, page: Page):
    return client.get(reverse("dialogue_page_quotations", args=[page.pk]))


def invite(client, page: Page, address: str = ADDRESS, block: str | None = None):
    block = block_of(page) if block is None else block
    url = reverse("dialogue_invite_author", args=[page.pk])
    return client.post(url, {"block": block, "email": address})


def refusal_of(answer) -> str:
    assert answer.status_code == HTTPStatus.CONFLICT
    [shown] = answer.context["elsewhere"]
    assert shown.form["email"].value() == ADDRESS
    assert shown.refusal
    assert shown.refusal in answer.content.decode().replace("&#x27;", "'")
    return shown.refusal


class TestInvite:
    def test_rule14_one_message_tells_that_they_are_quoted_and_may_reply(self, browser, client, page):
        answer = invite(browser, page, " Rose.Aimee@Example.org")
        assert answer.status_code == HTTPStatus.SEE_OTHER
        process_mail()
        [message] = mailbox.outbox
        assert message.to == [ADDRESS]
        assert "Les guichets" in message.subject
        assert WORDS["text"] in message.body
        assert f"{page.url}#comment-form" in message.body
        assert 'id="comment-form"' in client.get(page.url).content.decode()

    def test_the_page_says_when_and_who(self, browser, page, editor):
        invite(browser, page)
        [shown] = look(browser, page).context["elsewhere"]
        assert [one.invited_by for one in shown.words.invitations] == [editor]

    def test_what_is_kept_is_no_address(self, browser, page, editor):
        invite(browser, page)
        entry = PageLogEntry.objects.filter(page=page.pk).latest("pk")
        assert (entry.action, entry.user) == ("dialogue.invite_author", editor)
        [row] = ReplyInvitation.objects.all()
        kept = [str(entry.data), str(vars(row)), *map(str, Revision.objects.values_list("content"))]
        assert not any("example.org" in one.lower() for one in kept)
        assert ADDRESS not in look(browser, page).content.decode()

    def test_the_address_goes_with_the_outbox(self, page, editor, settings, tmp_path):
        settings.VAR_DIR = tmp_path
        invite_author(page, block_of(page), ADDRESS, by=editor)
        process_mail()
        days = settings.KEEP_DAYS["unconfirmed"] + 1
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            call_command("apply_retention", verbosity=0)
            assert Participant.objects.filter(email=ADDRESS).exists()
        with time_machine.travel(timezone.now() + timedelta(days=settings.KEEP_DAYS["mail"] + 1)):
            for _night in range(2):
                call_command("apply_retention", verbosity=0)
            assert not Participant.objects.filter(email=ADDRESS).exists()
        assert ReplyInvitation.objects.exists()

    def test_once_for_an_address_however_it_is_spelt(self, browser, page):
        for address in (ADDRESS, ADDRESS.upper()):
            assert invite(browser, page, address).status_code == HTTPStatus.SEE_OTHER
        process_mail()
        assert len(mailbox.outbox) == 1
        assert invite(browser, page, "autre@example.org").status_code == HTTPStatus.SEE_OTHER
        assert ReplyInvitation.objects.count() == 2

    @pytest.mark.parametrize("typed", ["", "rose", "rose@", "rosé@example.org", f"{'r' * 300}@example.org"])
    def test_what_is_no_address_stays_there_with_a_sentence(self, browser, page, typed):
        answer = invite(browser, page, typed)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        [shown] = answer.context["elsewhere"]
        assert shown.form["email"].value() == typed
        assert shown.form.errors["email"]
        assert not ReplyInvitation.objects.exists()

    def test_a_colleague_hears_of_an_internal_page_without_its_words(
        self, browser, page, internal_fr, employee
    ):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.set(internal_fr.view_restrictions.get().groups.all())
        invite(browser, page, employee.email)
        process_mail()
        [message] = mailbox.outbox
        assert message.to == [employee.email]
        assert page.title not in f"{message.subject} {message.body}"
        assert WORDS["text"] not in message.body


class TestRefuse:
    def test_before_readers_have_the_words(self, browser, page):
        page.unpublish()
        answer = look(browser, page)
        [shown] = answer.context["elsewhere"]
        assert shown.form is None
        assert shown.why_not
        assert invite(browser, page).status_code == HTTPStatus.CONFLICT
        assert not OutgoingMail.objects.exists()

    def test_where_the_page_takes_no_comments(self, browser, page):
        page.commenting_enabled = False
        page.save_revision().publish()
        assert look(browser, page).context["elsewhere"][0].form is None
        assert invite(browser, page).status_code == HTTPStatus.CONFLICT

    def test_an_address_that_takes_no_mail(self, browser, page):
        suppress_address(ADDRESS, reason=SuppressedAddress.Reason.COMPLAINT)
        refusal_of(invite(browser, page))
        assert not Participant.objects.filter(email=ADDRESS).exists()

    def test_somebody_who_may_not_read_the_page(self, browser, page):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        refusal_of(invite(browser, page))
        assert not Participant.objects.filter(email=ADDRESS).exists()
        assert not ReplyInvitation.objects.exists()

    def test_one_click_ends_all_invitations_for_good(self, browser, client, page, articles_fr):
        invite(browser, page)
        process_mail()
        stop = mailbox.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
        client.post(stop, {"List-Unsubscribe": "One-Click"})
        other = page.copy(to=articles_fr, update_attrs={"slug": "copie", "title": "Copie"})
        other.get_latest_revision().publish()
        refusal_of(invite(browser, BlogPage.objects.get(pk=other.pk)))

    @pytest.mark.parametrize("change", ["unpublished", "closed", "taken out", "internal"])
    def test_what_was_overtaken_is_not_sent(self, browser, page, change):
        invite(browser, page)
        if change == "unpublished":
            page.unpublish()
        elif change == "closed":
            BlogPage.objects.update(comments_close_at=timezone.now())
        elif change == "taken out":
            page.body = []
            page.save_revision().publish()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        process_mail()
        assert not mailbox.outbox


class TestWho:
    @pytest.mark.parametrize("who", ["moderator", "answerer", "employee", None])
    def test_who_does_not_edit_the_page(self, request, signed_in, client, page, who):
        other = signed_in(request.getfixturevalue(who)) if who else client
        refusals = {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED}
        assert invite(other, page).status_code in refusals
        assert not ReplyInvitation.objects.exists()

    def test_the_act_itself_asks(self, page, moderator):
        with pytest.raises(PermissionDenied):
            invite_author(page, block_of(page), ADDRESS, by=moderator)

    def test_a_block_that_is_not_there(self, browser, page):
        assert invite(browser, page, block="x").status_code == HTTPStatus.NOT_FOUND

    def test_by_looking_nothing_is_sent(self, browser, page):
        url = reverse("dialogue_invite_author", args=[page.pk])
        assert browser.get(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED
