"""The ticket of a form: it names one act of posting, and says when the form was first used.

Issued by the preview or, with script, fetched when the form is first touched; never part of a stored
page. The key makes posting idempotent; the signed time tells a person from a machine.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing

MAX_AGE = timedelta(hours=24)
_SIGNER = signing.TimestampSigner(salt="dialogue.ticket")


class TicketExpired(Exception):
    """The form was open for longer than `MAX_AGE`; a new ticket mends it."""


class TicketInvalid(Exception):
    """The ticket was not issued by us for this form."""


@dataclass(frozen=True)
class Ticket:
    """`key` is the idempotency key; `time` is the signed moment at which it was issued."""

    key: str
    time: str


def issue_ticket(subject: int | str) -> Ticket:
    """Return a new ticket for the form of one page, or of whatever else `subject` names."""
    key = secrets.token_hex(16)
    return Ticket(key, _SIGNER.sign(f"{subject}:{key}"))


def is_too_fast(subject: int | str, ticket: Ticket) -> bool:
    """Whether the form was sent sooner than a person writes. Raises `TicketExpired` or `TicketInvalid`."""
    try:
        value = _SIGNER.unsign(ticket.time, max_age=MAX_AGE)
    except signing.SignatureExpired as error:
        raise TicketExpired from error
    except signing.BadSignature as error:
        raise TicketInvalid from error
    if value != f"{subject}:{ticket.key}":
        raise TicketInvalid
    try:
        # Asked the other way round: what has outlived the least age was not sent too fast.
        _SIGNER.unsign(ticket.time, max_age=settings.TICKET_MIN_AGE)
    except signing.SignatureExpired:
        return False
    return True
