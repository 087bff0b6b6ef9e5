"""Asking for a message by an address alone, and answering whoever is known."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mail.actions.outbox import queue_mail
from mail.models import MailRequest, OutgoingMail
from mail.outbox import find_kind
from people.limits import as_limits, seconds_left
from people.models import Participant

MESSAGES_A_DAY = 3  # of one kind to one address, whoever types it in
A_DAY = timedelta(days=1)
logger = logging.getLogger(__name__)


class TooManyRequests(Exception):
    """This network has asked too often of late; `retry_after` is what is left, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def ask_for_mail(kind_name: str, address: str, *, network: str, about: str = "") -> None:
    """Write down that a message is asked for: the same work whether or not the address is known.

    `about` is what the kind's own `answer` needs to know beside the address. Raises `TooManyRequests` past
    the limit of a network, whatever addresses it asked for.
    """
    find_kind(kind_name)  # raises where nobody registered it
    near = MailRequest.objects.filter(network_digest=network).exclude(network_digest="")
    wait = seconds_left(near, "asked_at", as_limits(settings.NETWORK_REQUESTS), timezone.now())
    if wait:
        raise TooManyRequests(wait)
    MailRequest.objects.create(kind=kind_name, address=address, network_digest=network, about=about)


def answer_requests() -> None:
    """Put a message into the outbox for each guest who asked, three a day at most; forget every address.

    One that cannot be answered is asked again the next time, and holds up no other. The rows themselves go by
    their rule of retention, here as well: mail is sent more often than once a day.
    """
    for pk in list(MailRequest.objects.filter(answered_at__isnull=True).values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                # Of two workers at once, the second finds it answered.
                waiting = MailRequest.objects.select_for_update().filter(pk=pk, answered_at__isnull=True)
                request = waiting.first()
                if request is not None:
                    _answer(request)
        except Exception:
            logger.exception("Mail request %s could not be answered", pk)
    forgotten = timezone.now() - timedelta(days=settings.KEEP_DAYS["mail_requests"])
    MailRequest.objects.filter(asked_at__lte=forgotten).delete()


def _answer(request: MailRequest) -> None:
    now = timezone.now()
    guest = find_kind(request.kind).answer(request)
    if guest is not None:
        # Of two requests at once, the second counts the message of the first.
        Participant.objects.select_for_update(no_key=True).get(pk=guest.pk)
        sent = OutgoingMail.objects.filter(participant=guest, kind=request.kind)
        if sent.filter(queued_at__gt=now - A_DAY).count() < MESSAGES_A_DAY:
            queue_mail(request.kind, guest, collapse=True)
    request.address = ""
    request.answered_at = now
    request.save(update_fields=["address", "answered_at"])
