"""A decision is told to the author with its reason; what waits is told to moderators, once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from wagtail.models import Page

from mail.actions import choose_mail, process_mail
from mail.models import MailFrequency, OutgoingMail
from moderation.actions import hide_comment, publish_comment, reject_comment, restore_comment
from moderation.mail import DECISION, PATIENCE, WAITING
from moderation.topics import WAITING as WAITING_TOPIC
from people.models import Participant

pytestmark = pytest.mark.django_db


def later() -> time_machine.travel:
    return time_machine.travel(timezone.now() + PATIENCE + timedelta(seconds=1))


def messages_to(address: str) -> list:
    return [message for message in mail.outbox if message.to == [address]]


@pytest.fixture
def verified(held):
    """The author of the comment that waits has confirmed the address."""
    Participant.objects.filter(pk=held.participant_id).update(verified_at=timezone.now())
    held.participant.refresh_from_db()
    return held


class TestDecision:
    def test_a_published_comment_is_told_with_the_way_to_it(self, verified, moderator):
        publish_comment(verified, by=moderator)
        process_mail()
        [message] = messages_to(verified.participant.email)
        assert verified.get_absolute_url() in message.body

    def test_a_rejected_comment_is_told_with_the_reason(self, verified, moderator):
        reject_comment(verified, by=moderator, reason_code="off_topic", reason_text="Le quai, pas le prix.")
        process_mail()
        [message] = messages_to(verified.participant.email)
        assert "hors sujet" in message.body
        assert "Le quai, pas le prix." in message.body
        assert moderator.last_name not in message.body

    def test_only_what_still_stands_is_told(self, verified, moderator):
        publish_comment(verified, by=moderator)
        hide_comment(verified, by=moderator, reason_code="off_topic")
        process_mail()
        [message] = messages_to(verified.participant.email)
        assert message.subject.endswith("Votre commentaire a été masqué")

    def test_hidden_and_restored_before_the_message_left_is_one_message(self, verified, moderator):
        publish_comment(verified, by=moderator)
        process_mail()
        hide_comment(verified, by=moderator, reason_code="off_topic")
        restore_comment(verified, by=moderator)
        process_mail()
        assert len(messages_to(verified.participant.email)) == 2

    def test_nobody_is_told_of_what_they_did_themselves(self, article, receive, moderator):
        own = receive(article, user=moderator)
        publish_comment(own, by=moderator)
        assert not OutgoingMail.objects.filter(kind=DECISION).exists()

    def test_an_address_that_nobody_confirmed_is_told_nothing(self, article, receive, moderator):
        comment = receive(article)
        Participant.objects.update(verified_at=None)
        comment.participant.refresh_from_db()
        publish_comment(comment, by=moderator)
        assert not OutgoingMail.objects.filter(kind=DECISION).exists()

    def test_l11_of_an_internal_dialogue_no_word_leaves_the_house(self, held_inside, moderator, employee):
        reject_comment(held_inside, by=moderator, reason_code="other", reason_text="SECRET de la raison")
        process_mail()
        [message] = messages_to(employee.email)
        everything = message.message().as_string() + message.subject
        for secret in ("SECRET", held_inside.page.title):
            assert secret not in everything


class TestWaiting:
    def test_moderators_hear_once_of_all_that_comes(self, article, receive, moderator):
        for _number in range(3):
            receive(article)
        process_mail()
        assert not messages_to(moderator.email), "whoever comes in the first quarter of an hour is told too"
        with later():
            process_mail()
        [message] = messages_to(moderator.email)
        assert "3 commentaires" in message.subject

    def test_what_was_decided_on_meanwhile_is_not_told(self, article, receive, moderator):
        publish_comment(receive(article), by=moderator)
        with later():
            process_mail()
        assert not messages_to(moderator.email)

    def test_a_moderator_may_choose_another_rhythm(self, article, receive, moderator):
        choose_mail(Participant.of(moderator), WAITING_TOPIC, MailFrequency.NEVER)
        receive(article)
        assert not OutgoingMail.objects.filter(kind=WAITING, participant__user=moderator).exists()

    def test_l11_a_moderator_outside_does_not_hear_of_what_waits_inside(
        self, outside_moderator, moderator, held_inside
    ):
        with later():
            process_mail()
        assert not messages_to(outside_moderator.email)
        assert messages_to(moderator.email)

    def test_nobody_else_hears_of_it(self, article, receive, moderator, editor, administrator, employee):
        receive(article)
        with later():
            process_mail()
        assert {message.to[0] for message in mail.outbox} == {moderator.email}


def test_f33_an_erased_page_leaves_nothing_to_tell(verified, moderator):
    publish_comment(verified, by=moderator)
    Page.objects.get(pk=verified.page_id).unpublish()
    process_mail()
    assert not messages_to(verified.participant.email)
