"""Authors change their own words for a quarter of an hour; here, before readers have seen them."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from dialogue import links
from dialogue.actions import (
    MAX_VERSIONS,
    CommentRefused,
    edit_comment,
    hide_comment,
    publish_comment,
    reject_comment,
    withdraw_comment,
)
from dialogue.models import Comment, CommentStatus, ConversationSettings
from mail.actions import make_link
from moderation.actions import DecisionConflict
from moderation.actions import publish_comment as moderate_publication
from moderation.models import Rule
from people.models import Participant

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
PAGE = "/fr/conversation/participant/"


@pytest.fixture
def comment(article, say) -> Comment:
    """A comment of Camille's that waits."""
    return say(article, "Les bans manquent.", email=ADDRESS, is_published=False, may_quote=True)


@pytest.fixture
def visitor(comment) -> Client:
    """Camille's browser, in which the page is open."""
    client = Client()
    token = make_link(comment.participant, links.PERSONAL)
    client.post(reverse("open_personal_page", args=[token]))
    return client


def url(comment: Comment) -> str:
    return reverse("edit_own_comment", args=[comment.public_id])


class TestEdit:
    def test_the_new_words_are_a_version_and_the_old_ones_are_kept(self, comment):
        assert edit_comment(comment, "Les *bancs* manquent.", by=comment.participant)
        assert (comment.text, comment.version) == ("Les *bancs* manquent.", 2)
        assert "<em>bancs</em>" in comment.html
        assert comment.excerpt == "Les bancs manquent."
        versions = comment.revisions.order_by("version").values_list("version", "text")
        assert list(versions) == [(1, "Les bans manquent."), (2, "Les *bancs* manquent.")]

    def test_the_same_words_change_nothing(self, comment):
        same = "Les bans manquent.\r\n"
        assert edit_comment(comment, same, by=comment.participant, may_quote=True) is False
        comment.refresh_from_db()
        assert comment.version == 1
        assert comment.decisions.count() == 1

    def test_it_is_screened_anew(self, comment):
        edit_comment(comment, "Autre chose.", by=comment.participant)
        assert comment.status == CommentStatus.HELD
        versions = comment.decisions.order_by("pk").values_list("rule", "comment_version")
        assert list(versions) == [(Rule.FIRST_TIMER, 1), (Rule.FIRST_TIMER, 2)]

    def test_what_the_form_noticed_holds_it_still(self, article, say):
        publish_comment(say(article, email=ADDRESS, is_published=False), by=None)
        comment = say(article, email=ADDRESS, is_published=False, signals=frozenset({"honeypot"}))
        edit_comment(comment, "Autre chose.", by=comment.participant)
        assert comment.status == CommentStatus.HELD
        assert comment.decisions.first().rule == Rule.SIGNALS

    def test_what_is_not_confirmed_is_not_screened_by_it(self, article, say):
        comment = say(article, is_published=False, is_verified=False)
        edit_comment(comment, "Autre chose.", by=comment.participant)
        assert comment.status == CommentStatus.UNVERIFIED
        assert not comment.decisions.exists()

    def test_consent_was_given_for_other_words(self, comment):
        edit_comment(comment, "Autre chose.", by=comment.participant)
        assert comment.quote_consented_at is None
        edit_comment(comment, "Encore autre chose.", by=comment.participant, may_quote=True)
        assert comment.quote_consented_at
        assert comment.quote_consent_version == comment.version == 3

    def test_f14_the_moderator_who_had_it_open_is_told(self, comment, moderator):
        edit_comment(comment, "Autre chose.", by=comment.participant)
        with pytest.raises(DecisionConflict):
            moderate_publication(comment, by=moderator, version=1, status="held")

    def test_after_the_window_it_is_refused(self, comment):
        with time_machine.travel(comment.submitted_at + timedelta(minutes=15)), pytest.raises(CommentRefused):
            edit_comment(comment, "Autre chose.", by=comment.participant)

    def test_the_window_is_a_setting(self, comment, site):
        ConversationSettings.objects.update_or_create(site=site, defaults={"edit_minutes": 0})
        with pytest.raises(CommentRefused):
            edit_comment(comment, "Autre chose.", by=comment.participant)

    @pytest.mark.parametrize("act", [hide_comment, reject_comment])
    def test_what_a_moderator_took_away_is_refused(self, comment, act):
        if act is hide_comment:
            publish_comment(comment, by=None)
        act(comment, by=None)
        with pytest.raises(CommentRefused):
            edit_comment(comment, "Autre chose.", by=comment.participant)

    def test_what_was_withdrawn_is_refused(self, comment):
        withdraw_comment(comment, by=comment.participant)
        with pytest.raises(CommentRefused):
            edit_comment(comment, "Autre chose.", by=comment.participant)

    def test_more_than_twenty_versions_are_refused(self, comment):
        for number in range(2, MAX_VERSIONS + 1):
            edit_comment(comment, f"Version {number}.", by=comment.participant)
        with pytest.raises(CommentRefused):
            edit_comment(comment, "Une de trop.", by=comment.participant)

    def test_t12_nobody_changes_the_words_of_another(self, comment, unverified_stranger):
        with pytest.raises(PermissionDenied):
            edit_comment(comment, "Autre chose.", by=unverified_stranger)


@pytest.fixture
def unverified_stranger(site) -> Participant:
    return Participant.objects.create(name="Autre", email="autre@example.org")


class TestForm:
    def test_the_page_leads_to_it_and_it_holds_the_words(self, visitor, comment):
        assert url(comment) in visitor.get(PAGE).content.decode()
        assert "Les bans manquent." in visitor.get(url(comment)).content.decode()

    def test_it_keeps_the_new_words(self, visitor, comment):
        answer = visitor.post(url(comment), {"text": "Les bancs manquent.", "may_quote": "on"})
        assert (answer.status_code, answer["Location"]) == (
            303,
            f"{PAGE}?saved=change#own-{comment.public_id}",
        )
        assert gettext("Changed.") in visitor.get(answer["Location"]).text
        comment.refresh_from_db()
        assert comment.text == "Les bancs manquent."
        assert comment.quote_consented_at

    @pytest.mark.parametrize("text", ["", " \n", "é" * 5001, "a\x00b"])
    def test_what_is_wrong_is_said_and_the_words_stay(self, visitor, comment, text):
        answer = visitor.post(url(comment), {"text": text})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert text.strip("\x00 \n")[:20] in answer.content.decode()
        comment.refresh_from_db()
        assert comment.version == 1

    def test_too_late_keeps_the_words_too(self, visitor, comment):
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            answer = visitor.post(url(comment), {"text": "Longuement pesé."})
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert "Longuement pesé." in answer.content.decode()
            assert visitor.get(url(comment)).status_code == 303
            assert url(comment) not in visitor.get(PAGE).content.decode()

    def test_t12_the_comment_of_another_is_not_found(self, visitor, article, say):
        other = say(article, is_published=False)
        assert visitor.get(url(other)).status_code == 404
        assert visitor.post(url(other), {"text": "Autre chose."}).status_code == 404

    def test_whoever_has_no_open_page_is_led_to_the_question(self, client, comment):
        answer = client.get(url(comment))
        assert (answer.status_code, answer["Location"]) == (303, PAGE)
        answer = client.post(url(comment), {"text": "Autre chose."})  # and keeps the words
        assert (answer.status_code, "Autre chose.</textarea>" in answer.text) == (401, True)
