"""Mailed links: made when a message is written, used, and revoked by their cause."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from mail.models import LinkPurpose, MailLink
from people.actions import open_page
from people.models import Device, Participant
from people.tokens import random_token


def make_link(participant: Participant, purpose: LinkPurpose, *, cause: str = "") -> str:
    """Return the token of a new link; an earlier one of its cause works until one of them is used up."""
    token = random_token()
    now = timezone.now()
    MailLink.objects.create(
        participant=participant,
        purpose=purpose.name,
        cause=cause,
        digest=MailLink.digest_of(purpose, token),
        created_at=now,
        expires_at=now + purpose.lifetime,
        uses_left=purpose.uses,
    )
    return token


def find_link(token: str, purpose: LinkPurpose) -> MailLink | None:
    """Return the link that a token opens for a purpose; None where it is unknown, used up or too old."""
    link = MailLink.objects.filter(digest=MailLink.digest_of(purpose, token)).select_related("participant")
    found = link.first()
    return found if found is not None and found.is_open else None


def open_links(participant: Participant, purpose: LinkPurpose) -> QuerySet[MailLink]:
    """Return the links of this purpose that somebody can use now."""
    links = MailLink.objects.filter(participant=participant, purpose=purpose.name)
    return links.filter(uses_left__gt=0, expires_at__gt=timezone.now())


def use_link(link: MailLink) -> bool:
    """Use a link once; return whether it was still open. One that is used up ends those of its cause with it.

    Whoever holds it has shown that the address is theirs, so the address counts as verified from then on.
    Call it in the transaction of what the link is for: of two at once, one finds it used.
    """
    now = timezone.now()
    with transaction.atomic():
        # Asked and counted in one statement: of two at once, the second finds no use left.
        mine = MailLink.objects.filter(pk=link.pk, uses_left__gt=0, expires_at__gt=now)
        if not mine.update(uses_left=F("uses_left") - 1, used_at=now):
            return False
        if not MailLink.objects.filter(pk=link.pk, uses_left__gt=0).exists():
            _revoke(MailLink.objects.filter(purpose=link.purpose, participant=link.participant), link.cause)
        Participant.objects.filter(pk=link.participant_id, verified_at__isnull=True).update(verified_at=now)
    link.participant.refresh_from_db(fields=["verified_at"])
    return True


def revoke_links(purpose: LinkPurpose, *, cause: str) -> int:
    """Close every link of a purpose and cause, whoever has it; return how many were open."""
    return _revoke(MailLink.objects.filter(purpose=purpose.name), cause)


def _revoke(links: QuerySet[MailLink], cause: str) -> int:
    return links.filter(cause=cause, uses_left__gt=0).update(uses_left=0)


def open_page_by_link(
    link: MailLink, *, browser: str, system: str, former: Device | None = None
) -> tuple[Device, str | None] | None:
    """Use a mailed link up and open the page of its owner; None where the link was used meanwhile."""
    with transaction.atomic():
        if not use_link(link):
            return None
        return open_page(link.participant, browser=browser, system=system, former=former)
