"""Mailed links: made when a message is written, used once."""

from django.db import transaction
from django.utils import timezone

from mail.models import LinkPurpose, MailLink
from people.actions import open_page
from people.models import Device, Participant
from people.tokens import random_token


def make_link(participant: Participant, purpose: LinkPurpose) -> str:
    """Return the token of a new link; an earlier one works as well until one of them is used."""
    token = random_token()
    now = timezone.now()
    MailLink.objects.create(
        participant=participant,
        purpose=purpose,
        digest=MailLink.digest_of(purpose, token),
        created_at=now,
        expires_at=now + purpose.lifetime,
    )
    return token


def find_link(token: str, purpose: LinkPurpose) -> MailLink | None:
    """Return the link that this token opens for this purpose; None where it is unknown, used or too old."""
    link = MailLink.objects.filter(digest=MailLink.digest_of(purpose, token)).select_related("participant")
    found = link.first()
    return found if found is not None and found.is_open else None


def use_link(link: MailLink) -> bool:
    """Use a link up, and every other of its purpose; return whether it was still open.

    Whoever holds it has shown that the address is theirs, so the address counts as verified from then on.
    Call it in the transaction of what the link is for: of two at once, one finds it used.
    """
    now = timezone.now()
    with transaction.atomic():
        is_mine = MailLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=now).update(
            used_at=now
        )
        if not is_mine:
            return False
        others = MailLink.objects.filter(participant=link.participant_id, purpose=link.purpose)
        others.filter(used_at__isnull=True).update(used_at=now)
        Participant.objects.filter(pk=link.participant_id, verified_at__isnull=True).update(verified_at=now)
    link.participant.refresh_from_db(fields=["verified_at"])
    return True


def open_page_by_link(
    link: MailLink, *, browser: str, system: str, former: Device | None = None
) -> tuple[Device, str | None] | None:
    """Use a mailed link up and open the page of its owner; None where the link was used meanwhile."""
    with transaction.atomic():
        if not use_link(link):
            return None
        return open_page(link.participant, browser=browser, system=system, former=former)
