"""Sending what waits in the outbox: at least once, never twice without need, and never given up unseen."""

import logging
import smtplib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail import hooks

from mail.actions.bounces import is_suppressed, suppress_address
from mail.actions.requests import answer_requests
from mail.connection import MailConnection
from mail.models import MailStatus, OutgoingMail, SuppressedAddress
from mail.outbox import compose, find_kind

CLAIM = timedelta(minutes=5)  # far longer than sending one message takes; then another worker takes it up
BACK_OFF = (  # how long to wait after each attempt that failed; after the last one the message is given up
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
LONGEST_WAIT = timedelta(days=8)  # of a weekly digest, with a day to spare
PERMANENT = range(500, 600)  # SMTP: asking again is of no use (RFC 5321, 4.2.1)
NO_SUCH_MAILBOX = {550, 551, 553}
logger = logging.getLogger(__name__)


@dataclass
class Tally:
    """What a run of the worker did, in messages (a digest counts as its parts)."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0
    given_up: int = 0

    def __str__(self) -> str:
        return f"sent {self.sent}, dropped {self.dropped}, put off {self.put_off}, given up {self.given_up}"


def process_mail(*, limit: int = 1_000) -> Tally:
    """Send what is due, at most `limit` messages, and return what became of them.

    What people asked for by their address is put into the outbox first, and what apps have to tell many
    (they register on the hook `prepare_mail`). Any number of workers may run at
    once: each claims a message before sending it. A worker that dies leaves its claim, which ends after five
    minutes; if it had sent the message, the second one has the same Message-ID.
    """
    answer_requests()
    _prepare()
    tally = Tally()
    with closing(MailConnection()) as connection:
        for messages in _claimed(limit):
            _deliver(messages, connection, tally)
    return tally


def _prepare() -> None:
    """Let every app write down what it put off; one that fails holds up nobody's mail, and is asked again."""
    for prepare_mail in hooks.get_hooks("prepare_mail"):
        try:
            prepare_mail()
        except Exception:
            logger.exception("Hook prepare_mail of %s failed, and is called again", prepare_mail.__module__)


def _claimed(limit: int) -> Iterator[list[OutgoingMail]]:
    """Yield what is due, one message or one digest after the other, each claimed for this worker."""
    done = 0
    while done < limit:
        messages = _claim_next(timezone.now())
        if not messages:
            return
        yield messages
        done += len(messages)


def _claim_next(now: datetime) -> list[OutgoingMail]:
    # Nobody claims for longer than CLAIM or puts off for longer than LONGEST_WAIT: a clock was wrong. It was
    # not where another worker's runs a little ahead, or read the time a moment later than this one.
    is_free = Q(claimed_until=None) | Q(claimed_until__lt=now) | Q(claimed_until__gt=now + 2 * CLAIM)
    is_due = Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_WAIT)
    due = OutgoingMail.objects.filter(is_free, is_due, status=MailStatus.QUEUED).order_by("due_at", "pk")
    with transaction.atomic():
        # On SQLite a transaction that may write stands alone; elsewhere workers pass over each other's rows.
        locked = due.select_for_update(
            skip_locked=connections[DEFAULT_DB_ALIAS].features.has_select_for_update_skip_locked
        )
        first = locked.first()
        if first is None:
            return []
        messages = [first]
        if first.bundle:
            # Of one kind, for one link in the message stops the topic of all of it.
            messages = list(
                locked.filter(participant=first.participant_id, bundle=first.bundle, kind=first.kind)
            )
        ids = [mail.pk for mail in messages]
        claim = OutgoingMail.objects.filter(pk__in=ids)
        # Counted when it is claimed: a message at which each worker dies is given up as well.
        claim.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1)
        return list(claim.select_related("participant__user").order_by("due_at", "pk"))


def _deliver(messages: list[OutgoingMail], connection: MailConnection, tally: Tally) -> None:
    """Write and send what one participant is told, and settle it: whatever it raises is its own affair."""
    kind = messages[0].kind
    try:
        message = _write(messages)
    except Exception:
        logger.exception("Mail %s of kind %s could not be composed", messages[0].pk, kind)
        _put_off(messages, "could not be written", tally)
        return
    if message is None:
        _settle(messages, status=MailStatus.DROPPED)
        tally.dropped += len(messages)
        return
    try:
        connection.send(message)
    except (OSError, smtplib.SMTPException) as error:
        _answer_fault(messages, message.to[0], error, tally)
    except Exception as error:  # the mail backend refuses it: an address, a header, a setting
        logger.exception("SMTP: mail %s of kind %s could not be sent", messages[0].pk, kind)
        _put_off(messages, type(error).__name__, tally)
    else:
        _settle(messages, status=MailStatus.SENT, sent_at=timezone.now(), fault="")
        tally.sent += len(messages)


def _write(messages: list[OutgoingMail]) -> EmailMultiAlternatives | None:
    """Return the message to send; None where there is nothing to tell, or nobody to be told."""
    first = messages[0]
    reachable = first.participant.is_reachable or find_kind(first.kind).for_unverified
    if not reachable or is_suppressed(first.participant.address):
        return None
    return compose(messages)


def _answer_fault(
    messages: list[OutgoingMail], address: str, error: OSError | smtplib.SMTPException, tally: Tally
) -> None:
    """Give a message up that the server will never take, and put off one that it may take later."""
    code = _code_of(error)
    fault = f"{type(error).__name__} {code or ''}".strip()
    logger.warning("SMTP: mail %s of kind %s was not taken: %s", messages[0].pk, messages[0].kind, fault)
    if code in NO_SUCH_MAILBOX:
        suppress_address(address, reason=SuppressedAddress.Reason.BOUNCE)
    if code in PERMANENT:
        _settle(messages, status=MailStatus.DEAD, fault=fault)
        tally.given_up += len(messages)
    else:
        _put_off(messages, fault, tally)


def _code_of(error: Exception) -> int | None:
    """Return the server's answer, where there is one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", None)


def _put_off(messages: list[OutgoingMail], fault: str, tally: Tally) -> None:
    attempts = messages[0].attempts
    if attempts > len(BACK_OFF):
        _settle(messages, status=MailStatus.DEAD, fault=fault)
        tally.given_up += len(messages)
    else:
        _settle(messages, due_at=timezone.now() + BACK_OFF[attempts - 1], fault=fault)
        tally.put_off += len(messages)


def _settle(messages: list[OutgoingMail], **values: object) -> None:
    """Write what became of the messages, and let go of them."""
    # Only what still waits: what its reader has stopped meanwhile (`choose_mail`) stays dropped.
    waiting = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in messages], status=MailStatus.QUEUED)
    waiting.update(claimed_until=None, **values)
