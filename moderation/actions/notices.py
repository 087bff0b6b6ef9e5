"""Telling moderators that something waits for them, apart from the request of whoever sent it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from dialogue.querysets import MODERATE
from mail.actions import queue_mails
from mail.models import MailStatus, OutgoingMail
from moderation.mail import WAITING, moderators
from moderation.models import WaitingNotice
from people.models import Participant, User
from people.sections import sections_of_each
from portal.permissions import can_read_page, load_restrictions

DELAY = timedelta(minutes=15)  # whatever comes in this time is told in the same message
BATCH = 1_000  # notices in one transaction


def tell_moderators() -> int:
    """Write down for moderators that something waits; return for how many messages.

    Once for all that comes meanwhile: whoever has such a message waiting is told by that. Of a page that none
    of them may read, administrators hear. Any number of workers may be at it: each notice is told by one.
    """
    told = 0
    while (written := _tell_batch()) is not None:
        told += written
    return told


def _tell_batch() -> int | None:
    """Tell of the oldest notices, and forget them; None where there are none."""
    with transaction.atomic():
        notices = WaitingNotice.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        rows = list(notices.order_by("pk").values_list("pk", "page_id", "besides_id", "noted_at")[:BATCH])
        if not rows:
            return None
        since: dict[tuple[int, int | None], datetime] = {}
        for _pk, page_id, besides, noted_at in rows:
            key = (page_id, besides)
            since[key] = min(noted_at, since.get(key, noted_at))
        written = _tell_of(since)
        WaitingNotice.objects.filter(pk__in=[pk for pk, *_more in rows]).delete()
    return written


def _tell_of(since: dict[tuple[int, int | None], datetime]) -> int:
    """Write down whom to tell of these pages, under each of which something waits since then.

    Each page stands with who is not told.
    """
    pages = Page.objects.in_bulk({page_id for page_id, _besides in since})
    restrictions = load_restrictions()
    people = list(moderators())
    sections = sections_of_each([person.pk for person in people], MODERATE)
    written, now = 0, timezone.now()
    # The longest waiting first: whoever moderates several pages gets one message, at its hour.
    for (page_id, besides), noted_at in sorted(since.items(), key=lambda item: item[1]):
        page = pages[page_id]
        readers = [
            person
            for person in people
            if person.pk != besides
            and can_read_page(person, page, restrictions)
            and sections[person.pk].hold(page)
        ]
        administrators = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=besides)
        readers = readers or list(administrators)
        # Counted from when it came in, not from when this runs.
        delay = DELAY - (now - noted_at)
        written += queue_mails(WAITING, _not_told_yet(readers), cause_id=None, delay=delay)
    return written


def _not_told_yet(people: Collection[User]) -> list[Participant]:
    """Return as whom these people are told, leaving out those who have such a message waiting."""
    known = {
        participant.user_id: participant
        for participant in Participant.objects.filter(user__in=people).select_related("user")
    }
    told = OutgoingMail.objects.filter(participant__in=known.values(), kind=WAITING)
    waiting = set(told.filter(status=MailStatus.QUEUED).values_list("participant_id", flat=True))
    participants = [known.get(person.pk) or Participant.of(person) for person in people]
    return [participant for participant in participants if participant.pk not in waiting]
