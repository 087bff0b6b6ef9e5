"""Somebody replies: the author of the comment above hears of it, if they asked to, and may still read it."""

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext

from dialogue import topics
from dialogue.actions import hide_comment, restore_comment
from dialogue.mail import REPLY
from mail.actions import choose_mail, process_mail
from mail.models import MailFrequency, OutgoingMail
from people.models import Participant

pytestmark = pytest.mark.django_db


def listen(participant: Participant) -> None:
    """Confirm the address, and ask to be told of replies."""
    Participant.objects.filter(pk=participant.pk).update(verified_at=timezone.now())
    participant.refresh_from_db()
    choose_mail(participant, topics.REPLIES, MailFrequency.IMMEDIATE)


@pytest.fixture
def comment(article, say):
    comment = say(article, "Les bancs manquent.")
    listen(comment.participant)
    return comment


class TestReply:
    def test_its_words_and_its_place_are_in_the_message(self, article, say, comment):
        reply = say(article, "**Deux** suffisent.", name="Bertrand Savard", parent=comment)
        process_mail()
        [message] = mail.outbox
        assert message.to == [comment.participant.email]
        assert "Bertrand Savard" in message.subject
        assert "Deux suffisent." in message.body
        assert reply.get_absolute_url() in message.body

    def test_an_official_answer_says_that_it_is_one(self, article, say, comment, answerer):
        say(article, "Il y en aura deux.", parent=comment, user=answerer, for_organisation=True)
        say(article, "Enfin !", parent=comment, user=answerer)  # and now as herself
        process_mail()
        official, personal = sorted(mail.outbox, key=lambda message: "Enfin" in message.body)
        assert official.subject == gettext("An official answer to your comment")
        assert gettext("An official answer to your comment") not in personal.subject
        for message in (official, personal):
            assert gettext("You get this because you asked to hear about: %(topic)s.").partition("%")[0] in (
                message.body
            )

    def test_whoever_did_not_ask_hears_nothing(self, article, say):
        quiet = say(article)
        Participant.objects.update(verified_at=timezone.now())
        say(article, parent=quiet)
        assert not OutgoingMail.objects.filter(kind=REPLY).exists()

    def test_nobody_hears_of_their_own(self, article, say, comment):
        say(article, parent=comment, email=comment.participant.email)
        assert not OutgoingMail.objects.filter(kind=REPLY).exists()

    def test_it_is_told_when_it_is_published_and_not_before(self, article, say, comment):
        say(article, parent=comment, is_published=False)
        assert not OutgoingMail.objects.filter(kind=REPLY).exists()

    def test_it_is_told_once(self, article, say, comment):
        reply = say(article, parent=comment)
        hide_comment(reply, by=None)
        restore_comment(reply, by=None)
        assert OutgoingMail.objects.filter(kind=REPLY).count() == 1

    def test_t10_what_was_hidden_before_the_message_left_is_not_told(self, article, say, comment):
        hide_comment(say(article, parent=comment), by=None)
        process_mail()
        assert not mail.outbox

    def test_t10_a_page_that_was_taken_down_tells_nothing(self, article, say, comment):
        say(article, parent=comment)
        article.unpublish()
        process_mail()
        assert not mail.outbox


class TestInternal:
    @pytest.fixture
    def inside(self, internal_dialogue, say, employee):
        comment = say(internal_dialogue, "SECRET des quarts", user=employee)
        listen(comment.participant)
        return comment

    def test_l11_no_word_of_it_leaves_the_house(self, internal_dialogue, say, inside, outsider_employee):
        say(internal_dialogue, "SECRET aussi", user=outsider_employee, parent=inside)
        process_mail()
        [message] = mail.outbox
        everything = message.message().as_string() + message.subject
        for secret in ("SECRET", internal_dialogue.title, outsider_employee.last_name):
            assert secret not in everything

    def test_l11_whoever_may_no_longer_read_it_is_not_told(
        self, internal_dialogue, say, inside, outsider_employee, employee
    ):
        say(internal_dialogue, user=outsider_employee, parent=inside)
        employee.groups.clear()
        process_mail()
        assert not mail.outbox


class TestWish:
    """The box in the form."""

    def test_an_employee_who_ticks_it_is_told(self, article, send, signed_in, employee):
        send(article, by=signed_in(employee), tell_me="on")
        preference = Participant.of(employee).mail_preferences.get(topic="replies")
        assert preference.frequency == "immediate"
        assert preference.participant.consents.get(kind="replies").wording

    def test_whoever_does_not_tick_it_is_not_asked_again_elsewhere(self, article, send, signed_in, employee):
        send(article, by=signed_in(employee))
        assert not Participant.of(employee).mail_preferences.exists()

    def test_t16_a_guest_whose_address_nobody_confirmed_has_not_agreed_yet(self, article, send):
        send(article, tell_me="on")
        participant = Participant.objects.get(email="camille@example.org")
        assert not participant.mail_preferences.exists()
        assert participant.comments.get().wants_replies
