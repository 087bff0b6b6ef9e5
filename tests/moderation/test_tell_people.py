"""A decision is told to the author with its reason; what waits is told to moderators, once."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from mail.actions import choose_mail, process_mail
from mail.models import MailFrequency, OutgoingMail
from moderation.actions import (
    flag_comment,
    hide_comment,
    publish_comment,
    reject_comment,
    restore_comment,
    tell_moderators,
)
from moderation.actions.flags import Notice
from moderation.actions.notices import DELAY
from moderation.mail import DECISION, WAITING
from moderation.models import WaitingNotice
from moderation.topics import WAITING as WAITING_TOPIC
from moderation.waiting_entries import LISTED, list_waiting
from people.groups import MODERATORS, the_group
from people.models import Participant, User

pytestmark = pytest.mark.django_db


def later() -> time_machine.travel:
    return time_machine.travel(timezone.now() + DELAY + timedelta(seconds=1))


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
        assert str(WAITING_TOPIC.because) in message.body

    def test_where_it_waits_since_when_and_how_it_begins(self, article, receive, moderator, say):
        with time_machine.travel(timezone.now() - timedelta(days=3)):
            receive(article, "Et les bancs ? Voyez https://spam.example/x tout de suite.")
        flag_comment(say(article, "Le quai est laid."), Notice("attack", user=AnonymousUser()))
        with later():
            process_mail()
        [message] = messages_to(moderator.email)
        html = message.alternatives[0][0]
        for text in (message.body, html):
            assert article.title in text
            assert "3\xa0jours" in text
            assert "Et les bancs ? Voyez […] tout de suite." in text
            assert "Le quai est laid." in text
            assert text.index("Et les bancs") < text.index("Le quai est laid")  # the longest first
            assert "spam.example" not in text

    def test_l11_of_what_waits_inside_no_more_than_that_it_does(self, held_inside, moderator):
        with later():
            process_mail()
        [message] = messages_to(moderator.email)
        text = message.message().as_string() + message.body + message.alternatives[0][0]
        assert gettext("An internal dialogue") in message.body
        assert "SECRET" not in text
        assert held_inside.page.title not in text

    def test_the_longest_are_named_however_many_wait(self, article, receive, moderator, count_queries):
        for number in range(2):
            receive(article, f"Le mot numéro {number}.")
        list_waiting(moderator)  # what is remembered of rights and sections is not counted
        few = count_queries(lambda: list_waiting(moderator))
        for number in range(2, 9):
            receive(article, f"Le mot numéro {number}.")
        assert count_queries(lambda: list_waiting(moderator)) == few
        assert [entry.words for entry in list_waiting(moderator)] == [
            f"Le mot numéro {number}." for number in range(LISTED)
        ]

    def test_what_was_decided_on_meanwhile_is_not_told(self, article, receive, moderator):
        publish_comment(receive(article), by=moderator)
        with later():
            process_mail()
        assert not messages_to(moderator.email)

    def test_a_moderator_may_choose_another_rhythm(self, article, receive, moderator):
        choose_mail(Participant.of(moderator), WAITING_TOPIC, MailFrequency.NEVER)
        receive(article)
        tell_moderators()
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


class TestMany:
    """What waits is noted once, and told to each moderator apart from the request."""

    @pytest.fixture
    def forty(self, moderator) -> list[User]:
        names = [f"m{number}" for number in range(40)]
        people = User.objects.bulk_create(
            User(username=name, email=f"{name}@nordet.example", first_name=name) for name in names
        )
        the_group(MODERATORS).user_set.add(*people)
        return people

    def test_a_guest_asks_as_much_of_one_moderator_as_of_forty(self, article, receive, forty, count_queries):
        group = the_group(MODERATORS)
        group.user_set.remove(*forty)
        receive(article)
        few = count_queries(lambda: receive(article))
        group.user_set.add(*forty)
        assert count_queries(lambda: receive(article)) == few
        assert WaitingNotice.objects.count() == 3
        assert not OutgoingMail.objects.filter(kind=WAITING).exists()

    def test_each_of_them_is_told_once(self, article, dialogue, receive, moderator, forty):
        for page in (article, dialogue, article):
            receive(page)
        assert tell_moderators() == 41
        assert tell_moderators() == 0
        assert not WaitingNotice.objects.exists()
        receive(article)
        assert tell_moderators() == 0
        with later():
            process_mail()
        assert len(messages_to(moderator.email)) == 1
        assert len(mail.outbox) == 41

    def test_writing_it_down_costs_the_same_for_all_of_them(self, article, receive, forty, count_queries):
        for person in forty:
            Participant.of(person)
        of_each = 1  # may this moderator read the page: whether they are in its groups
        group = the_group(MODERATORS)
        group.user_set.remove(*forty[1:])
        receive(article)
        few = count_queries(tell_moderators)
        OutgoingMail.objects.all().delete()
        group.user_set.add(*forty)
        receive(article)
        assert count_queries(tell_moderators) <= few + of_each * len(forty)

    def test_a_quarter_of_an_hour_is_counted_from_when_it_came(self, article, receive, moderator):
        receive(article)
        noted = WaitingNotice.objects.get().noted_at
        with later():
            process_mail()
        [message] = OutgoingMail.objects.filter(kind=WAITING)
        assert abs(message.due_at - noted - DELAY) < timedelta(seconds=1)
        assert messages_to(moderator.email)

    def test_whoever_never_wants_to_hear_of_it_does_not(self, article, receive, moderator, forty):
        choose_mail(Participant.of(moderator), WAITING_TOPIC, MailFrequency.NEVER)
        choose_mail(Participant.of(forty[0]), WAITING_TOPIC, MailFrequency.DAILY)
        receive(article)
        assert tell_moderators() == 40
        assert OutgoingMail.objects.get(kind=WAITING, participant__user=forty[0]).bundle == "daily"


def test_f33_an_erased_page_leaves_nothing_to_tell(verified, moderator):
    publish_comment(verified, by=moderator)
    Page.objects.get(pk=verified.page_id).unpublish()
    process_mail()
    assert not messages_to(verified.participant.email)
