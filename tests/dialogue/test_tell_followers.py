"""Followers hear of a comment that was published: once, if they may read it then, as often as they wish."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks

from demo.factories.people import verify_guest
from dialogue import topics
from dialogue.actions import (
    follow_conversation,
    follows,
    hide_comment,
    mute_conversation,
    publish_comment,
    restore_comment,
    tell_followers,
    unfollow_conversation,
    withdraw_comment,
)
from dialogue.actions.follows import BATCH, DELAY
from dialogue.mail import FOLLOWED, REPLY
from dialogue.models import Follow, FollowNotice, FollowSubject
from mail.actions import choose_mail, frequency_of, process_mail
from mail.models import ChoicePlace, MailFrequency, MailPreference, OutgoingMail
from people.models import Participant
from privacy.actions import erase_participant

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LATER = DELAY + timedelta(seconds=1)


@pytest.fixture
def reader(site) -> Participant:
    """Camille, who has confirmed her address."""
    return verify_guest("Camille Roy", "camille@example.org")


def follow(page, person, root=None) -> None:
    follow_conversation(FollowSubject(page, root), by=person, place=ChoicePlace.FOLLOW)


def send_all() -> list:
    """Let the worker run now, and once patience is over; return what it sent meanwhile."""
    mail.outbox = []
    process_mail()
    with time_machine.travel(timezone.now() + LATER, tick=False):
        process_mail()
    return mail.outbox


def told() -> list[str]:
    return [address for message in send_all() for address in message.to]


class TestTold:
    def test_a_comment_with_its_words_and_its_place(self, article, say, reader):
        follow(article, reader)
        comment = say(article, "**Deux** bancs.", name="Bertrand Savard")
        [message] = send_all()
        assert message.to == [reader.email]
        assert "Bertrand Savard" in message.subject
        assert "Deux bancs." in message.body
        assert comment.get_absolute_url() in message.body

    def test_a_dialogue_is_followed_like_an_article(self, dialogue, say, reader):
        follow(dialogue, reader)
        say(dialogue)
        assert told() == [reader.email]

    def test_of_a_thread_its_replies_alone(self, article, say, reader):
        root, other = say(article), say(article)
        follow(article, reader, root)
        say(article, "Ailleurs.", parent=other)
        say(article, "Ici.", parent=say(article, "Ici aussi.", parent=root))
        [message] = send_all()
        assert "Ici." in message.body
        assert "Ici aussi." in message.body
        assert "Ailleurs." not in message.body

    def test_several_comments_are_one_message(self, article, say, reader):
        follow(article, reader)
        for number in range(3):
            say(article, f"Idée {number}.")
        [message] = send_all()
        assert message.subject.endswith("3 nouvelles")
        assert all(f"Idée {number}." in message.body for number in range(3))

    def test_whoever_follows_page_and_thread_is_told_once(self, article, say, reader):
        root = say(article)
        follow(article, reader)
        follow(article, reader, root)
        say(article, parent=root)
        tell_followers()
        assert OutgoingMail.objects.filter(kind=FOLLOWED).count() == 1

    def test_a_reply_to_oneself_is_told_as_one_alone(self, article, say, reader):
        mine = say(article, email=reader.email)
        choose_mail(reader, topics.REPLIES, MailFrequency.IMMEDIATE)
        follow(article, reader)
        say(article, parent=mine)
        tell_followers()
        assert list(reader.mail.values_list("kind", flat=True)) == [REPLY]

    def test_nobody_hears_of_their_own(self, article, say, reader):
        follow(article, reader)
        say(article, email=reader.email)
        assert told() == []

    def test_what_was_published_before_is_not_told(self, article, say, reader):
        say(article)
        follow(article, reader)
        assert told() == []

    @pytest.mark.parametrize(("frequency", "days"), [(MailFrequency.DAILY, 1), (MailFrequency.WEEKLY, 7)])
    def test_in_the_rhythm_of_each(self, article, say, reader, frequency, days):
        follow(article, reader)
        choose_mail(reader, topics.FOLLOWS, frequency)
        say(article)
        say(article)
        assert told() == []
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            process_mail()
        assert [message.to for message in mail.outbox] == [[reader.email]]

    def test_whoever_stopped_all_of_it_hears_nothing(self, article, say, reader):
        follow(article, reader)
        choose_mail(reader, topics.FOLLOWS, MailFrequency.NEVER)
        say(article)
        assert told() == []

    def test_an_address_that_was_not_confirmed_hears_nothing(self, article, say, site):
        person = Participant.guest_at("x@example.org", language="fr")
        Follow.objects.create(participant=person, page=article, asked_at=timezone.now())
        say(article)
        assert told() == []
        assert not FollowNotice.objects.exists()


class TestWhatChangesMeanwhile:
    @pytest.fixture
    def comment(self, article, say, reader):
        follow(article, reader)
        comment = say(article, "Un mot.")
        tell_followers()
        assert OutgoingMail.objects.filter(kind=FOLLOWED).count() == 1
        return comment

    @pytest.mark.parametrize("is_told_before", [True, False])
    def test_t10_what_was_hidden_is_not_told(self, article, say, reader, is_told_before):
        follow(article, reader)
        comment = say(article)
        if is_told_before:
            tell_followers()
        hide_comment(comment, by=None)
        assert told() == []

    def test_it_is_told_once_whatever_becomes_of_it(self, comment):
        hide_comment(comment, by=None)
        restore_comment(comment, by=None)
        publish_comment(comment, by=None)
        tell_followers()
        assert OutgoingMail.objects.filter(kind=FOLLOWED).count() == 1

    def test_f33_withdrawn_or_erased_nothing_leaves(self, article, comment, say):
        withdraw_comment(comment, by=comment.participant)
        assert told() == []
        other = say(article)
        tell_followers()
        erase_participant(other.participant)
        assert told() == []

    def test_f33_an_erased_follower_is_told_nothing(self, article, say, comment, reader):
        erase_participant(reader)
        say(article)
        assert told() == []
        assert not Follow.objects.exists()

    def test_whoever_follows_no_more_is_told_nothing(self, article, comment, reader):
        unfollow_conversation(FollowSubject(article), by=reader)
        assert told() == []

    def test_t10_a_page_that_was_taken_down_tells_nothing(self, article, comment):
        article.unpublish()
        assert told() == []


class TestMuted:
    def test_a_muted_thread_sends_nothing_not_even_replies(self, article, say, reader):
        mine = say(article, email=reader.email)
        other = say(article)
        choose_mail(reader, topics.REPLIES, MailFrequency.IMMEDIATE)
        follow(article, reader)
        mute_conversation(FollowSubject(article, mine), by=reader)
        say(article, "Une réponse.", parent=mine)
        assert told() == []
        say(article, "Ailleurs.", parent=other)
        assert told() == [reader.email]

    def test_a_muted_page_sends_nothing_whatever_is_followed_in_it(self, article, say, reader):
        root = say(article, email=reader.email)
        choose_mail(reader, topics.REPLIES, MailFrequency.IMMEDIATE)
        follow(article, reader, root)
        mute_conversation(FollowSubject(article), by=reader)
        say(article, parent=root)
        assert told() == []

    def test_muted_after_it_was_written_down_it_does_not_leave(self, article, say, reader):
        follow(article, reader)
        root = say(article)
        tell_followers()
        mute_conversation(FollowSubject(article, root), by=reader)
        assert told() == []


class TestInternal:
    @pytest.fixture
    def inside(self, internal_dialogue, employee):
        person = Participant.of(employee)
        follow(internal_dialogue, person)
        return person

    def test_l11_no_word_of_it_leaves_the_house(self, internal_dialogue, say, inside, outsider_employee):
        say(internal_dialogue, "SECRET des quarts", user=outsider_employee)
        [message] = send_all()
        everything = message.message().as_string() + message.subject
        for secret in ("SECRET", internal_dialogue.title, outsider_employee.last_name):
            assert secret not in everything

    def test_l11_whoever_may_no_longer_read_it_is_not_told(
        self, internal_dialogue, say, inside, employee, outsider_employee
    ):
        say(internal_dialogue, user=outsider_employee)
        employee.groups.clear()
        assert told() == []

    def test_t11_whoever_was_disabled_is_not_told(
        self, internal_dialogue, say, inside, employee, outsider_employee
    ):
        employee.is_active = False
        employee.save()
        say(internal_dialogue, user=outsider_employee)
        assert told() == []


class TestStop:
    """One click in the message ends exactly what it is about."""

    def stop_address(self, message) -> str:
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        return message.extra_headers["List-Unsubscribe"].strip("<>").split("8000", 1)[1]

    def test_it_ends_this_and_nothing_else(self, article, dialogue, say, reader):
        follow(article, reader)
        follow(dialogue, reader)
        say(article)
        [message] = send_all()
        address = self.stop_address(message)
        for method in (Client().get, Client().head):
            assert method(address).status_code == 200
        assert Follow.objects.count() == 2
        strict = Client(enforce_csrf_checks=True)
        for _time in range(3):
            answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert not answer.cookies
        assert list(Follow.objects.values_list("page_id", flat=True)) == [dialogue.pk]
        assert frequency_of(reader, topics.FOLLOWS) == MailFrequency.IMMEDIATE

    def test_a_message_about_two_things_ends_the_topic_and_each_has_its_own_link(
        self, article, dialogue, say, reader
    ):
        follow(article, reader)
        follow(dialogue, reader)
        say(article)
        say(dialogue)
        [message] = send_all()
        assert message.body.count("/mail/stop/") == 3
        Client().post(self.stop_address(message))
        assert Follow.objects.count() == 2
        assert frequency_of(reader, topics.FOLLOWS) == MailFrequency.NEVER

    def test_in_a_message_about_a_reply_it_mutes_the_thread(self, article, say, reader):
        mine = say(article, email=reader.email)
        choose_mail(reader, topics.REPLIES, MailFrequency.IMMEDIATE)
        say(article, parent=mine)
        [message] = send_all()
        Client().post(self.stop_address(message))
        assert Follow.objects.get().subject == FollowSubject(article.page_ptr, mine)
        say(article, parent=mine)
        assert told() == []
        assert frequency_of(reader, topics.REPLIES) == MailFrequency.IMMEDIATE

    def test_t12_a_key_that_was_changed_opens_nothing(self, client, article, say, reader):
        follow(article, reader)
        say(article)
        [message] = send_all()
        address = self.stop_address(message)
        assert client.post(address.replace(f"page-{article.pk}", f"page-{article.pk + 1}")).status_code == 404
        assert client.post(address.replace("follow~", "mute~")).status_code == 404
        assert Follow.objects.get().is_followed


class TestMany:
    """Posting writes one row at most; the rest is done afterwards, in batches, whatever happens between."""

    def gather(self, page, number: int) -> None:
        people = Participant.objects.bulk_create(
            Participant(name="x", email=f"f{n}@example.org", verified_at=timezone.now())
            for n in range(number)
        )
        MailPreference.objects.bulk_create(
            MailPreference(participant=person, topic="follows", frequency="immediate") for person in people
        )
        Follow.objects.bulk_create(
            Follow(participant=person, page_id=page.pk, followed_at=timezone.now()) for person in people
        )

    def test_publishing_costs_the_same_for_one_follower_and_for_five_thousand(self, article, say):
        costs = []
        say(article)
        for number in (1, 5_000):
            Participant.objects.filter(name="x").delete()
            self.gather(article, number)
            held = say(article, is_published=False)
            with CaptureQueriesContext(connection) as queries:
                publish_comment(held, by=None)
            written = [query["sql"] for query in queries if query["sql"].startswith("INSERT")]
            assert sum("follownotice" in sql for sql in written) == 1
            assert not any("outgoingmail" in sql for sql in written)
            costs.append(len(queries))
            FollowNotice.objects.all().delete()
        assert costs[0] == costs[1]

    def test_without_followers_nothing_is_written(self, article, say):
        say(article)
        assert not FollowNotice.objects.exists()

    def test_five_thousand_are_told_in_batches(self, article, say, reader):
        self.gather(article, 5_000)
        say(article)
        with CaptureQueriesContext(connection) as queries:
            assert tell_followers() == 5_000
        assert OutgoingMail.objects.filter(kind=FOLLOWED).count() == 5_000
        assert len(queries) < 12 * (5_000 // BATCH + 1)
        assert tell_followers() == 0
        assert FollowNotice.objects.get().told_at

    def test_f12_a_run_that_dies_is_continued_and_nobody_is_told_twice(self, article, say, monkeypatch):
        monkeypatch.setattr(follows, "BATCH", 3)
        self.gather(article, 10)
        say(article)
        write, calls = follows.queue_mails, []

        def dies_once(*args, **more):
            calls.append(1)
            written = write(*args, **more)
            if len(calls) == 3:
                raise KeyboardInterrupt
            return written

        monkeypatch.setattr(follows, "queue_mails", dies_once)
        with suppress(KeyboardInterrupt):
            tell_followers()
        written = OutgoingMail.objects.filter(kind=FOLLOWED)
        assert written.count() == 6
        assert tell_followers() == 4
        told = list(written.values_list("participant_id", flat=True))
        assert len(told) == len(set(told)) == 10

    def test_f22_one_app_that_fails_holds_up_nobody(self, article, say, reader):
        def fails() -> None:
            raise ZeroDivisionError

        follow(article, reader)
        say(article)
        with hooks.register_temporarily("prepare_mail", fails):
            assert told() == [reader.email]
