"""Several workers empty one outbox, and clocks are wrong (F13)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from mail.actions import Tally, process_mail, queue_mail
from mail.actions.delivery import BACK_OFF, CLAIM, LONGEST_WAIT, _claim_next
from mail.models import MailStatus, OutgoingMail
from mail.outbox import message_id
from tests.mail.conftest import NOTICE

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
A_YEAR_OFF = timedelta(days=400)
MESSAGES = 40
WORKERS = 3


@pytest.fixture
def waiting(guest) -> set[str]:
    """Messages that are due; their Message-IDs."""
    for number in range(MESSAGES):
        queue_mail(NOTICE, guest, cause_id=1_000 + number)
    return {message_id(mail) for mail in OutgoingMail.objects.all()}


def test_f13_workers_pass_over_what_another_has_claimed(waiting, mail_server):
    barrier = Barrier(WORKERS)

    def work(_number: int) -> Tally:
        try:
            barrier.wait()
            return process_mail()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        tallies = list(pool.map(work, range(WORKERS)))
    assert Counter(mail_server.ids) == Counter(waiting)
    assert sum(tally.sent for tally in tallies) == MESSAGES
    assert set(OutgoingMail.objects.values_list("status", "attempts")) == {(MailStatus.SENT, 1)}


def test_f13_a_claim_that_has_ended_is_taken_over_and_one_that_has_not_is_not(waiting, mail_server):
    now = timezone.now()
    _claim_next(now)
    with time_machine.travel(now + CLAIM - timedelta(seconds=10), tick=False):
        assert process_mail().sent == MESSAGES - 1
    with time_machine.travel(now + CLAIM + timedelta(seconds=1), tick=False):
        assert process_mail().sent == 1
    assert Counter(mail_server.ids) == Counter(waiting)


def test_f13_a_worker_whose_clock_is_behind_leaves_another_s_claim_alone(waiting, mail_server):
    now = timezone.now()
    _claim_next(now)
    with time_machine.travel(now - timedelta(minutes=2), tick=False):
        OutgoingMail.objects.update(due_at=now - timedelta(hours=1))
        assert process_mail().sent == MESSAGES - 1


@pytest.mark.parametrize("jump", [A_YEAR_OFF, -A_YEAR_OFF])
def test_f13_a_clock_that_was_wrong_holds_nothing_back_and_sends_nothing_twice(waiting, mail_server, jump):
    """A worker with the wrong time claims one, fails with another and dies; then the clock is set right."""
    now = timezone.now()
    mail_server.behaviour = lambda number: "later" if number == 0 else "take"
    with time_machine.travel(now + jump, tick=False):
        OutgoingMail.objects.update(due_at=now + jump)
        process_mail(limit=1)
        _claim_next(timezone.now())
    with time_machine.travel(now + CLAIM + timedelta(seconds=1), tick=False):
        assert process_mail().sent == MESSAGES
        assert process_mail() == Tally()
    assert Counter(mail_server.ids) == Counter(waiting)


def test_f13_what_is_put_off_as_long_as_anything_is_waits(guest, mail_server):
    """What is believed of a clock never hurries what is rightly put off."""
    queue_mail(NOTICE, guest, cause_id=1)
    assert max(BACK_OFF) < timedelta(days=7) < LONGEST_WAIT
    OutgoingMail.objects.update(due_at=timezone.now() + timedelta(days=7))
    assert process_mail() == Tally()
