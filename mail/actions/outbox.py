"""Writing down whom to tell what."""

from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from mail.actions.choices import frequency_of
from mail.models import MailFrequency, MailPreference, MailStatus, OutgoingMail
from mail.outbox import find_kind
from people.models import Participant, User
from portal.permissions import Viewer


def queue_mail(
    kind_name: str,
    participant: Participant,
    *,
    cause_id: int | None = None,
    delay: timedelta = timedelta(0),
    collapse: bool = False,
    again: bool = False,
) -> OutgoingMail | None:
    """Write down, in the transaction of its cause, that `participant` is to be told. Return the row, or None.

    Nothing is written for somebody who cannot be reached, who did not agree to the topic, or who is told
    already: of the same cause; of anything of this kind, where messages `collapse` into the one that waits;
    or, where the same cause is told `again` as often as there is news, in one that waits.
    """
    kind = find_kind(kind_name)
    if not (participant.is_reachable or kind.for_unverified):
        return None
    frequency = MailFrequency.IMMEDIATE
    if kind.topic is not None:
        frequency = frequency_of(participant, kind.topic)
        if frequency == MailFrequency.NEVER:
            return None
    told = OutgoingMail.objects.filter(participant=participant, kind=kind_name)
    if collapse or again:
        told = told.filter(status=MailStatus.QUEUED)
    if not collapse:
        told = told.filter(cause_id=cause_id)
    if told.exists():
        return None
    now = timezone.now()
    is_digest = frequency != MailFrequency.IMMEDIATE
    return OutgoingMail.objects.create(
        kind=kind_name,
        participant=participant,
        cause_id=cause_id,
        bundle=frequency if is_digest else "",
        queued_at=now,
        due_at=frequency.due_at(now) if is_digest else now + delay,
    )


def queue_mails(
    kind_name: str,
    participants: Collection[Participant],
    *,
    cause_id: int | None,
    delay: timedelta = timedelta(0),
) -> int:
    """Write down that each of `participants` is to be told of a cause; return how many will be.

    As `queue_mail` does for one, but for looking whether they are told already: that the caller knows.
    Whoever is told at once hears of all that comes within `delay` in one message. Each with their `user`
    at hand, it is two statements for all of them. Raises `ValueError` for a kind without a topic.
    """
    topic = find_kind(kind_name).topic
    if topic is None:
        raise ValueError(f"Mail of the kind {kind_name} has no topic, so nobody chose how often it comes.")
    chosen = dict(
        MailPreference.objects.filter(participant__in=participants, topic=topic.name).values_list(
            "participant_id", "frequency"
        )
    )
    now = timezone.now()
    rows = []
    for participant in participants:
        frequency = MailFrequency(chosen.get(participant.pk, topic.frequency_unasked))
        if frequency == MailFrequency.NEVER or not participant.is_reachable:
            continue
        due_at = now + delay if frequency == MailFrequency.IMMEDIATE else frequency.due_at(now)
        rows.append(
            OutgoingMail(
                kind=kind_name,
                participant=participant,
                cause_id=cause_id,
                # `immediate` is a bundle here as well: with `delay` it gathers what comes in that time.
                bundle=frequency,
                queued_at=now,
                due_at=due_at,
            )
        )
    return len(OutgoingMail.objects.bulk_create(rows))


def resend_mail(mail: OutgoingMail, *, by: Viewer) -> bool:
    """Try once more to send a message that was given up. Return whether anything changed.

    Raises `PermissionDenied` where `by` may not.
    """
    if not by.has_perm("mail.resend_outgoingmail"):
        raise PermissionDenied
    with transaction.atomic():
        changed = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.DEAD).update(
            status=MailStatus.QUEUED, attempts=0, due_at=timezone.now(), claimed_until=None
        )
        if changed and isinstance(by, User):
            log(instance=mail, action="mail.resend", user=by)
    return bool(changed)
