"""Authors change what readers read: at once where a new comment would be published, or else it waits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialogue.actions import (
    CommentRefused,
    accept_edit,
    edit_comment,
    hide_comment,
    refuse_edit,
    restore_comment,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.blocks import quotation_of
from dialogue.models import Comment, CommentStatus, ConversationSettings
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester
from mail.actions import process_mail
from mail.models import ChoicePlace, OutgoingMail
from moderation.models import Rule, Verb
from people.actions import trust_device
from people.devices import keep_token
from privacy.models import Consent

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def hold_all(site) -> None:
    ConversationSettings.objects.update_or_create(site=site, defaults={"policy": "hold_all"})


@pytest.fixture
def comment(article, say) -> Comment:
    """A published comment of Camille's."""
    return say(article, "Les bans manquent.")


@pytest.fixture
def changed(comment, hold_all) -> Comment:
    """The same, with a change that waits."""
    edit_comment(comment, "Les bancs manquent.", by=comment.participant)
    return comment


class TestAtOnce:
    def test_readers_read_the_new_words_and_that_it_was_changed(self, client, comment):
        assert edit_comment(comment, "Les *bancs* manquent.", by=comment.participant)
        assert (comment.text, comment.version, comment.waiting_version) == ("Les *bancs* manquent.", 2, None)
        html = client.get(comment.page.get_url()).content.decode()
        assert "<em>bancs</em>" in html
        assert "bans" not in html
        assert f'datetime="{comment.edited_at.astimezone().isoformat()[:19]}' in html

    def test_the_decision_is_written_with_its_version(self, comment):
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        decision = comment.decisions.first()
        assert (decision.verb, decision.rule, decision.comment_version) == (Verb.ACCEPT, Rule.KNOWN_PERSON, 2)
        event = decision.event
        assert (event.kind, event.version, event.status_before, event.status_after) == (
            "edit_accepted",
            2,
            "published",
            "published",
        )

    def test_nobody_is_mailed(self, article, say, comment, employee):
        reply = say(article, "Oui.", parent=comment, user=employee)
        OutgoingMail.objects.all().delete()
        edit_comment(reply, "Oui, vraiment.", by=reply.participant)
        assert not OutgoingMail.objects.exists()
        process_mail()
        assert not mail.outbox

    def test_counts_stay(self, comment):
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        assert comment.page.conversation.comment_count == 1

    def test_the_second_time_nothing_changes(self, comment):
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        assert edit_comment(comment, "Les bancs manquent.", by=comment.participant) is False
        assert comment.revisions.count() == 2

    def test_after_the_window_it_is_refused(self, comment):
        with time_machine.travel(comment.submitted_at + timedelta(minutes=15)), pytest.raises(CommentRefused):
            edit_comment(comment, "Les bancs manquent.", by=comment.participant)

    def test_a_page_that_its_author_may_no_longer_read_is_refused(self, internal_dialogue, say, employee):
        comment = say(internal_dialogue, "Moins de nuits.", user=employee)
        employee.groups.clear()
        comment = Comment.objects.get(pk=comment.pk)
        with pytest.raises(CommentRefused):
            edit_comment(comment, "Plus de nuits.", by=comment.participant)

    def test_a_voice_that_was_lost_is_refused(self, article, say, answerer):
        comment = say(article, "Nous y voyons.", user=answerer, for_organisation=True)
        answerer.groups.clear()
        comment = Comment.objects.get(pk=comment.pk)
        with pytest.raises(CommentRefused):
            edit_comment(comment, "Nous n’y voyons rien.", by=comment.participant)


class TestWaits:
    def test_readers_go_on_reading_the_old_words(self, client, changed):
        assert (changed.text, changed.version, changed.waiting_version) == ("Les bans manquent.", 1, 2)
        assert changed.edited_at is None
        html = client.get(changed.page.get_url()).content.decode()
        assert "Les bans manquent." in html
        assert "Les bancs manquent." not in html

    def test_it_is_held_with_a_decision(self, changed):
        decision = changed.decisions.first()
        assert (decision.verb, decision.rule, decision.comment_version) == (Verb.HOLD_EDIT, Rule.HOLD_ALL, 2)

    def test_what_the_form_noticed_holds_the_change_too(self, article, say):
        comment = say(article, "Les bans manquent.", signals=frozenset({"honeypot"}))
        edit_comment(comment, "Achetez ici.", by=comment.participant)
        assert comment.waiting_version == 2
        assert comment.decisions.first().rule == Rule.SIGNALS

    def test_accepted_it_takes_the_place_of_the_old(self, changed):
        assert accept_edit(changed, 2, by=None)
        assert (changed.text, changed.version, changed.waiting_version) == ("Les bancs manquent.", 2, None)
        assert changed.edited_at == changed.revisions.get(version=2).submitted_at
        assert accept_edit(changed, 2, by=None) is None

    def test_refused_the_old_words_stay(self, changed):
        assert refuse_edit(changed, 2, by=None)
        assert (changed.text, changed.waiting_version) == ("Les bans manquent.", None)
        with pytest.raises(CommentRefused):
            accept_edit(changed, 2, by=None)

    def test_another_change_takes_the_place_of_the_one_that_waits(self, changed):
        edit_comment(changed, "Il manque des bancs.", by=changed.participant)
        assert changed.waiting_version == 3
        with pytest.raises(CommentRefused):
            accept_edit(changed, 2, by=None)

    def test_the_same_change_again_is_none(self, changed):
        assert edit_comment(changed, "Les bancs manquent.", by=changed.participant) is False
        assert changed.waiting_version == 2

    def test_back_to_the_old_words_nothing_waits(self, changed):
        assert edit_comment(changed, "Les bans manquent.", by=changed.participant)
        assert changed.waiting_version is None

    def test_hidden_meanwhile_it_is_decided_on_once_it_is_back(self, changed):
        hide_comment(changed, by=None)
        with pytest.raises(CommentRefused):
            accept_edit(changed, 2, by=None)
        restore_comment(changed, by=None)
        assert accept_edit(changed, 2, by=None)

    def test_withdrawn_meanwhile_it_is_gone(self, changed):
        withdraw_comment(changed, by=changed.participant)
        assert changed.waiting_version is None
        with pytest.raises(CommentRefused):
            accept_edit(changed, 2, by=None)


class TestConsent:
    def test_a_quotation_keeps_the_wording_agreed_and_says_so(self, articles_fr, article, say):
        comment = say(article, "Les bans manquent.", may_quote=True)
        featured = self.feature(articles_fr, comment)
        edit_comment(comment, "Les bancs manquent.", by=comment.participant, may_quote=True)
        featured = FeaturedComment.objects.select_related("comment", "revision").get(pk=featured.pk)
        assert FeaturedCommentPermissionTester(featured, featured.page).can_be_shown()
        assert featured.revision.text == "Les bans manquent."
        assert featured.original_wording_of == comment.submitted_at

    def test_left_unticked_it_is_taken_back_at_once(self, articles_fr, article, say, hold_all):
        comment = say(article, "Les bans manquent.", may_quote=True)
        featured = self.feature(articles_fr, comment)
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        assert comment.waiting_version
        featured.refresh_from_db()
        assert not FeaturedCommentPermissionTester(featured, featured.page).can_be_shown()
        assert Consent.objects.filter(kind="quote").order_by("-pk").first().is_given is False

    def test_given_with_a_change_it_covers_that_change_alone_once_it_is_accepted(self, comment, hold_all):
        edit_comment(comment, "Les bancs manquent.", by=comment.participant, may_quote=True)
        assert comment.quote_consented_at is None
        accept_edit(comment, 2, by=None)
        assert comment.quote_consent_version == 2
        assert comment.quote_consent_since is None

    def test_taken_back_while_it_waits_it_stays_taken_back(self, article, say, hold_all):
        comment = say(article, "Les bans manquent.", may_quote=True)
        edit_comment(comment, "Les bancs manquent.", by=comment.participant, may_quote=True)
        take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        accept_edit(comment, 2, by=None)
        assert comment.quote_consented_at is None

    def test_a_tick_alone_is_kept(self, comment):
        assert edit_comment(comment, "Les bans manquent.", by=comment.participant, may_quote=True)
        assert (comment.version, comment.quote_consent_version) == (1, 1)

    def feature(self, section, comment) -> FeaturedComment:
        page = type(comment.page.specific)(title="Une idée", introduction="<p>Voici.</p>")
        page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        section.refresh_from_db()
        section.add_child(instance=page)
        page.save_revision().publish()
        return FeaturedComment.objects.get(comment=comment)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_f14_two_changes_at_once_are_two_versions(self, article, say, hold_all):
        comment = say(article, "Les bans manquent.")
        texts = ("Les bancs manquent.", "Il manque des bancs.")
        together(
            *(lambda text=text: edit_comment(fresh(comment), text, by=comment.participant) for text in texts)
        )
        comment.refresh_from_db()
        versions = comment.revisions.order_by("version").values_list("version", flat=True)
        assert list(versions) == [1, 2, 3]
        assert comment.waiting_version == 3

    def test_f14_a_change_and_a_hiding_leave_no_new_words_before_readers(self, article, say):
        comment = say(article, "Les bans manquent.")
        together(
            lambda: edit_comment(fresh(comment), "Les bancs manquent.", by=comment.participant),
            lambda: hide_comment(fresh(comment), by=None),
        )
        comment.refresh_from_db()
        assert comment.status == CommentStatus.HIDDEN
        assert comment.version in {1, 2}
        assert comment.revisions.get(version=comment.version).text == comment.text

    def test_f14_accepted_or_replaced_never_both(self, article, say, hold_all):
        comment = say(article, "Les bans manquent.")
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        together(
            lambda: accept_edit(fresh(comment), 2, by=None),
            lambda: edit_comment(fresh(comment), "Il manque des bancs.", by=comment.participant),
        )
        comment.refresh_from_db()
        assert (comment.version, comment.waiting_version) in {(2, 3), (1, 3)}


def trust(client: Client, participant) -> None:
    """Trust a browser for a guest's address, as after a confirmation."""
    _device, token = trust_device(participant, browser="", system="")
    answer = HttpResponse()
    keep_token(answer, token)
    client.cookies.update(answer.cookies)


def fresh(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def together(*acts) -> None:
    """Do the acts in threads that begin at once; a refusal is an answer too."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            act()
        except CommentRefused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        for done in [threads.submit(run, act) for act in acts]:
            done.result()


class TestFromTheBrowserThatSentIt:
    """A guest's trusted device mends what it has just sent, without a message."""

    @pytest.fixture
    def browser(self, comment) -> Client:
        client = Client()
        trust(client, comment.participant)
        Comment.objects.filter(pk=comment.pk).update(device=comment.participant.devices.get())
        return client

    def url(self, comment: Comment, act: str = "edit_own_comment") -> str:
        return reverse(act, args=[comment.public_id])

    def test_it_changes_it_and_is_led_back_to_it(self, browser, comment):
        assert "Les bans manquent." in browser.get(self.url(comment)).content.decode()
        answer = browser.post(self.url(comment), {"text": "Les bancs manquent."})
        assert (answer.status_code, answer["Location"]) == (303, comment.get_absolute_url())
        comment.refresh_from_db()
        assert comment.text == "Les bancs manquent."

    def test_it_withdraws_it(self, browser, comment):
        assert browser.post(self.url(comment, "withdraw_own_comment")).status_code == 303
        comment.refresh_from_db()
        assert comment.status == CommentStatus.WITHDRAWN

    def test_the_reply_page_leads_there(self, browser, client, comment):
        reply = reverse("reply_to_comment", args=[comment.public_id])
        assert self.url(comment) in browser.get(reply).content.decode()
        assert self.url(comment) not in client.get(reply).content.decode()

    @staticmethod
    def is_given_back(answer) -> None:
        """What was typed is not saved, and not lost either."""
        assert answer.status_code == 401
        assert "Autre chose.</textarea>" in answer.text
        assert f'href="{reverse("personal_page")}"' in answer.text

    def test_what_is_older_is_for_the_open_page(self, browser, comment):
        with time_machine.travel(comment.submitted_at + timedelta(minutes=16)):
            answer = browser.post(self.url(comment, "withdraw_own_comment"))
            assert (answer.status_code, answer["Location"]) == (303, reverse("personal_page"))
            answer = browser.post(self.url(comment), {"text": "Autre chose."})
            assert (answer.status_code, "Autre chose.</textarea>" in answer.text) == (422, True)
            assert browser.get(self.url(comment)).status_code == 303
        comment.refresh_from_db()
        assert (comment.text, comment.status) == ("Les bans manquent.", CommentStatus.PUBLISHED)

    def test_t12_another_browser_or_another_comment_is_led_to_the_question(
        self, browser, client, article, say, comment
    ):
        other = say(article, "Un autre mot.")
        self.is_given_back(client.post(self.url(comment), {"text": "Autre chose."}))
        self.is_given_back(browser.post(self.url(other), {"text": "Autre chose."}))
        for answer in (
            client.post(self.url(comment, "withdraw_own_comment")),
            browser.post(self.url(other, "withdraw_own_comment")),
        ):
            assert (answer.status_code, answer["Location"]) == (303, reverse("personal_page"))
        other.refresh_from_db()
        assert (other.text, other.status) == ("Un autre mot.", CommentStatus.PUBLISHED)
