"""The outbox is emptied: at least once, hardly ever twice, and nothing disappears."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default, strict

import pytest
import time_machine
from django.core import mail as sent
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from dialogue import topics
from mail import connection
from mail.actions import (
    choose_mail,
    process_mail,
    queue_mail,
    queue_mails,
    requests,
    resend_mail,
    suppress_address,
)
from mail.actions.delivery import BACK_OFF, CLAIM, _claim_next
from mail.actions.requests import answer_requests, ask_for_mail
from mail.models import MailFrequency, MailRequest, MailStatus, OutgoingMail, SuppressedAddress
from mail.outbox import message_id, one_line
from people.models import Participant
from tests.mail.conftest import CONFIRM, NEWS, NOTICE
from tests.mail.server import IMPATIENCE, PATIENCE, send_to
from tests.samples import so_many

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("status", flat=True))


class TestQueueing:
    def test_it_is_written_down_with_its_cause_or_not_at_all(self, guest):
        with transaction.atomic():
            queue_mail(NOTICE, guest, cause_id=1)
            transaction.set_rollback(True)
        assert not OutgoingMail.objects.exists()

    def test_it_is_written_down_once_for_a_cause(self, guest):
        assert queue_mail(NOTICE, guest, cause_id=1)
        assert queue_mail(NOTICE, guest, cause_id=1) is None
        assert queue_mail(NOTICE, guest, cause_id=2)

    def test_many_are_told_of_nothing_that_nobody_chose(self, guest):
        with pytest.raises(ValueError, match="no topic"):
            queue_mails(NOTICE, [guest], cause_id=1)

    def test_it_collapses_into_the_one_that_waits(self, guest):
        assert queue_mail(NOTICE, guest, collapse=True)
        assert queue_mail(NOTICE, guest, collapse=True) is None
        process_mail()
        assert queue_mail(NOTICE, guest, collapse=True)

    def test_of_a_cause_with_news_they_are_told_again_once_the_message_has_left(self, guest):
        assert queue_mail(NOTICE, guest, cause_id=1, again=True)
        assert queue_mail(NOTICE, guest, cause_id=1, again=True) is None
        assert queue_mail(NOTICE, guest, cause_id=2, again=True)
        process_mail()
        assert queue_mail(NOTICE, guest, cause_id=1, again=True)

    def test_an_address_that_nobody_confirmed_is_asked_to_confirm_and_told_nothing_else(
        self, unverified_guest
    ):
        assert queue_mail(NOTICE, unverified_guest, cause_id=1) is None
        assert queue_mail(CONFIRM, unverified_guest, cause_id=1)

    def test_whoever_did_not_ask_is_not_told(self, guest):
        assert queue_mail(NEWS, guest, cause_id=1) is None
        choose_mail(guest, topics.REPLIES, MailFrequency.IMMEDIATE)
        assert queue_mail(NEWS, guest, cause_id=1)
        choose_mail(guest, topics.REPLIES, MailFrequency.NEVER)
        assert queue_mail(NEWS, guest, cause_id=2) is None
        assert states() == [MailStatus.DROPPED]


class TestMessage:
    @pytest.fixture
    def message(self, guest):
        choose_mail(guest, topics.REPLIES, MailFrequency.IMMEDIATE)
        queue_mail(NEWS, guest, cause_id=1)
        process_mail()
        return sent.outbox[0]

    def test_it_says_the_same_in_text_and_in_html(self, message):
        html = message.alternatives[0].content
        for words in ("Voici la nouvelle 1.", "Odile", "/fr/nouvelle/1/", "Lire"):
            assert words in message.body
            assert words in html

    def test_t21_the_words_of_others_are_no_markup(self, message):
        assert "<script>" not in message.alternatives[0].content
        assert "<script>" in message.body

    def test_it_goes_to_one_person(self, message):
        assert message.to == ["odile@example.org"]
        assert not message.cc
        assert not message.bcc

    def test_its_message_id_is_that_of_its_row(self, message):
        assert message.extra_headers["Message-ID"] == message_id(OutgoingMail.objects.get())

    def test_it_can_be_stopped_by_one_click(self, message):
        assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message.extra_headers["List-Unsubscribe"].strip("<>") in message.body

    def test_an_answer_to_what_one_did_has_nothing_to_stop(self, guest):
        queue_mail(NOTICE, guest, cause_id=1)
        process_mail()
        assert "List-Unsubscribe" not in sent.outbox[0].extra_headers

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_it_is_in_the_language_of_its_reader(self, guest, language):
        Participant.objects.update(language=language)
        choose_mail(guest, topics.REPLIES, MailFrequency.IMMEDIATE)
        queue_mail(NEWS, guest, cause_id=1)
        process_mail()
        assert ("Stop these messages" in sent.outbox[0].body) == (language == "en")
        assert f'lang="{language}"' in sent.outbox[0].alternatives[0].content

    @pytest.mark.parametrize("name", ["A\r\nBcc: x@example.org", "A\nB", "A\x00B", "A\u2028B", 300 * "x"])
    def test_t25_no_name_adds_a_header(self, name):
        line = one_line(name)
        assert len(line.splitlines()) == 1
        assert len(line) <= 120


class TestLastMoment:
    """What may be told is asked again when the message leaves."""

    @pytest.mark.parametrize("cause", [13])
    def test_what_lost_its_cause_is_dropped(self, guest, cause):
        queue_mail(NOTICE, guest, cause_id=cause)
        assert str(process_mail()) == "sent 0, dropped 1, put off 0, given up 0"
        assert not sent.outbox

    def test_a_disabled_account_is_written_to_no_more(self, employee):
        queue_mail(NOTICE, Participant.of(employee), cause_id=1)
        employee.is_active = False
        employee.save()
        process_mail()
        assert states() == [MailStatus.DROPPED]

    def test_a_suppressed_address_is_written_to_no_more(self, guest):
        queue_mail(NOTICE, guest, cause_id=1)
        suppress_address("Odile@Example.org", reason=SuppressedAddress.Reason.COMPLAINT)
        process_mail()
        assert states() == [MailStatus.DROPPED]

    def test_f22_one_that_cannot_be_written_does_not_stop_the_next(self, guest, caplog):
        for cause in (14, 15):
            queue_mail(NOTICE, guest, cause_id=cause)
        assert process_mail().sent == 1
        assert states() == [MailStatus.QUEUED, MailStatus.SENT]

    def test_r01_one_that_cannot_be_sent_does_not_stop_the_next(self, guest, mail_server, caplog):
        """Kept before addresses were looked at: 63 signs that are too many when they are encoded."""
        unreachable = Participant.objects.create(
            name="Jean", email="jean@" + "é" * 58 + ".org", verified_at=timezone.now()
        )
        for participant in (unreachable, guest):
            queue_mail(NOTICE, participant, cause_id=1)
        assert str(process_mail()) == "sent 1, dropped 0, put off 1, given up 0"
        assert states() == [MailStatus.QUEUED, MailStatus.SENT]
        assert process_mail().put_off == 0, "not before its time"
        assert "could not be sent" in caplog.text

    def test_r01_a_kind_that_nobody_knows_any_more_does_not_stop_the_next(self, guest, caplog):
        queue_mail(NOTICE, guest, cause_id=1)
        OutgoingMail.objects.update(kind="gone.with.its.app")
        queue_mail(NOTICE, guest, cause_id=2)
        assert str(process_mail()) == "sent 1, dropped 0, put off 1, given up 0"

    def test_r01_a_request_that_cannot_be_answered_does_not_stop_the_next(self, guest, monkeypatch, caplog):
        answer = requests._answer

        def stumble(request):
            if request.address == "a@example.org":
                raise ValueError
            answer(request)

        monkeypatch.setattr(requests, "_answer", stumble)
        for address in ("a@example.org", guest.email):
            ask_for_mail(CONFIRM, address, network="")
        assert process_mail().sent == 1
        assert MailRequest.objects.get(answered_at=None).address == "a@example.org"


class TestDigest:
    @time_machine.travel("2026-11-25 15:00:00-05:00", tick=False)  # a Wednesday
    @pytest.mark.parametrize(("frequency", "day"), [("daily", 26), ("weekly", 30)])
    def test_it_waits_for_the_morning_and_holds_everything(self, guest, frequency, day):
        choose_mail(guest, topics.REPLIES, MailFrequency(frequency))
        for cause in (1, 2, 13):
            queue_mail(NEWS, guest, cause_id=cause)
        process_mail()
        assert not sent.outbox
        with time_machine.travel(f"2026-11-{day} 06:59:00-05:00", tick=False):
            process_mail()
            assert not sent.outbox
        with time_machine.travel(f"2026-11-{day} 07:01:00-05:00", tick=False):
            process_mail()
        [message] = sent.outbox
        assert "nouvelle 1." in message.body
        assert "nouvelle 2." in message.body

    def test_a_new_rhythm_takes_along_what_waits(self, guest):
        choose_mail(guest, topics.REPLIES, MailFrequency.WEEKLY)
        queue_mail(NEWS, guest, cause_id=1)
        choose_mail(guest, topics.REPLIES, MailFrequency.IMMEDIATE)
        process_mail()
        assert states() == [MailStatus.SENT]


class TestServer:
    """F10: whatever the mail server does, nothing is lost."""

    def test_it_takes_what_a_strict_reader_can_read(self, guest, mail_server):
        queue_mail(NOTICE, guest, cause_id=1)
        assert process_mail().sent == 1
        message = message_from_bytes(mail_server.taken[0].content, policy=strict)
        assert message["To"] == "odile@example.org"
        assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}

    def test_one_connection_serves_many_messages(self, guest, mail_server, monkeypatch):
        monkeypatch.setattr(connection, "MESSAGES_ON_ONE", 5)
        for cause in range(100, 112):
            queue_mail(NOTICE, guest, cause_id=cause)
        assert process_mail().sent == 12
        assert mail_server.connections == 3

    def test_a_server_that_hangs_up_after_each_message_loses_none(self, guest, mail_server):
        mail_server.behaviour = lambda number: "drop"
        for cause in range(100, 104):
            queue_mail(NOTICE, guest, cause_id=cause)
        process_mail()
        assert len(set(mail_server.ids)) == 4
        assert mail_server.connections == 4

    @pytest.mark.parametrize("behaviour", ["later", "hang", "drop"])
    def test_f10_it_is_asked_again_later(self, guest, mail_server, settings, behaviour):
        queue_mail(NOTICE, guest, cause_id=1)
        mail_server.behaviour = lambda number: behaviour if number == 0 else "take"
        settings.MAILERS = send_to(mail_server.port, IMPATIENCE if behaviour == "hang" else PATIENCE)
        assert process_mail().put_off == 1
        settings.MAILERS = send_to(mail_server.port)
        assert process_mail().sent == 0, "not before its time"
        with time_machine.travel(timezone.now() + BACK_OFF[0] + timedelta(seconds=1)):
            assert process_mail().sent == 1
        assert len(set(mail_server.ids)) == 1
        assert len(mail_server.ids) == (2 if behaviour == "drop" else 1)

    def test_f10_no_server_is_asked_again_later(self, guest, no_mail_server):
        queue_mail(NOTICE, guest, cause_id=1)
        assert process_mail().put_off == 1
        assert OutgoingMail.objects.get().fault == "ConnectionRefusedError"

    def test_f10_an_address_that_does_not_exist_is_written_to_no_more(self, guest, mail_server, caplog):
        mail_server.behaviour = lambda number: "refuse"
        mail = queue_mail(NOTICE, guest, cause_id=1)
        assert process_mail().given_up == 1
        assert states() == [MailStatus.DEAD]
        assert caplog.messages == [
            f"SMTP: mail {mail.pk} of kind {NOTICE} was not taken: SMTPRecipientsRefused 550"
        ]
        queue_mail(NOTICE, guest, cause_id=2)
        assert process_mail().dropped == 1
        assert mail_server.asked == 1

    def test_f11_it_is_given_up_in_the_end_and_an_administrator_sends_it_again(
        self, guest, mail_server, administrator
    ):
        mail_server.behaviour = lambda number: "later" if number <= len(BACK_OFF) else "take"
        mail = queue_mail(NOTICE, guest, cause_id=1)
        now = timezone.now()
        for wait in (timedelta(0), *BACK_OFF):
            now += wait + timedelta(seconds=1)
            with time_machine.travel(now):
                process_mail()
        assert states() == [MailStatus.DEAD]
        with time_machine.travel(now):
            assert resend_mail(mail, by=administrator)
            assert not resend_mail(mail, by=administrator)
            assert process_mail().sent == 1

    def test_f12_a_worker_that_died_leaves_its_claim_for_five_minutes(self, guest, mail_server):
        queue_mail(NOTICE, guest, cause_id=1)
        _claim_next(timezone.now())
        assert process_mail().sent == 0
        with time_machine.travel(timezone.now() + CLAIM + timedelta(seconds=1)):
            assert process_mail().sent == 1

    def test_f10_many_messages_survive_a_bad_day(self, site, mail_server):
        count = so_many(100, whole=1_000)
        guests = Participant.objects.bulk_create(
            Participant(name=f"Invité {n}", email=f"g{n}@example.org", verified_at=timezone.now())
            for n in range(count)
        )
        queued = OutgoingMail.objects.bulk_create(
            OutgoingMail(kind=NOTICE, participant=guest, cause_id=100) for guest in guests
        )
        bad = {5: "later", 11: "drop"}
        mail_server.behaviour = lambda number: bad.get(number % 20, "take") if number < count else "take"
        now = timezone.now()
        for _round in range(3):
            with time_machine.travel(now):
                process_mail(limit=2_000)
            now += BACK_OFF[-1]
        assert set(mail_server.ids) == {message_id(mail) for mail in queued}
        assert mail_server.faults == count // 10
        assert len(mail_server.ids) - count == count // 20, (
            "one duplicate for each line that was cut, and no other"
        )
        assert OutgoingMail.objects.filter(status=MailStatus.SENT).count() == count


def test_the_command_says_what_became_of_it(guest, capsys):
    queue_mail(NOTICE, guest, cause_id=1)
    call_command("process_mail", limit=5)
    assert capsys.readouterr().out == "sent 1, dropped 0, put off 0, given up 0\n"
    assert message_from_bytes(sent.outbox[0].message().as_bytes(), policy=default)["Subject"]


def test_a_round_ends_at_its_limit(guest):
    for cause in (1, 2):
        queue_mail(NOTICE, guest, cause_id=cause)
    assert process_mail(limit=1).sent == 1
    assert states() == [MailStatus.SENT, MailStatus.QUEUED]


def test_a_request_that_another_worker_answered_is_left_alone(guest, monkeypatch):
    for address in ("a@example.org", "b@example.org"):
        ask_for_mail(CONFIRM, address, network="")
    answered = []

    def answer(request):
        """As if another worker had answered all the others meanwhile."""
        answered.append(request.address)
        MailRequest.objects.update(answered_at=timezone.now())

    monkeypatch.setattr(requests, "_answer", answer)
    answer_requests()
    assert answered == ["a@example.org"]
