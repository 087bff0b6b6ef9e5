"""Writing down whom to tell what, and what somebody wishes to be told."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from people.actions.consents import WORDINGS, record_consent
from people.models import (
    ConsentKind,
    ConsentPlace,
    MailFrequency,
    MailPreference,
    MailStatus,
    MailTopic,
    OutgoingMail,
    Participant,
    User,
)
from people.outbox import KEY_SIGN, FoundStop, find_kind, mail_stops, read_unsubscribe_token
from portal.permissions import Viewer

# What is told by right of an office needs no consent.
CONSENTS = {
    MailTopic.REPLIES: ConsentKind.REPLIES,
    MailTopic.OUTCOMES: ConsentKind.OUTCOMES,
    MailTopic.FOLLOWS: ConsentKind.FOLLOWS,
}


def queue_mail(
    kind_name: str,
    participant: Participant,
    *,
    cause_id: int | None = None,
    delay: timedelta = timedelta(0),
    collapse: bool = False,
) -> OutgoingMail | None:
    """Write down, in the transaction of its cause, that `participant` is to be told. Return the row, or None.

    Nothing is written for somebody who cannot be reached, who did not agree to the topic, or who is told
    already: of the same cause, or of anything of this kind where messages `collapse` into the one that waits.
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
    told = told.filter(status=MailStatus.QUEUED) if collapse else told.filter(cause_id=cause_id)
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


def queue_mail_for_many(
    kind_name: str,
    participants: Collection[Participant],
    *,
    cause_id: int | None,
    delay: timedelta = timedelta(0),
) -> int:
    """Write down that each of `participants` is to be told of a cause; return how many will be.

    As `queue_mail` does for one, but for looking whether they are told already: that the caller knows.
    Whoever is told at once hears of all that comes within `delay` in one message. Each with their `user`
    at hand, it is two statements for all of them.
    """
    kind = find_kind(kind_name)
    chosen = dict(
        MailPreference.objects.filter(participant__in=participants, topic=kind.topic).values_list(
            "participant_id", "frequency"
        )
    )
    now = timezone.now()
    rows = []
    for participant in participants:
        frequency = MailFrequency(chosen.get(participant.pk, _unasked(kind.topic)))
        if frequency == MailFrequency.NEVER or not participant.is_reachable:
            continue
        due_at = now + delay if frequency == MailFrequency.IMMEDIATE else frequency.due_at(now)
        rows.append(
            OutgoingMail(
                kind=kind_name,
                participant=participant,
                cause_id=cause_id,
                bundle=frequency,
                queued_at=now,
                due_at=due_at,
            )
        )
    return len(OutgoingMail.objects.bulk_create(rows))


def frequency_of(participant: Participant, topic: MailTopic) -> MailFrequency:
    """Return how often this participant is told of `topic`; whoever was never asked, never."""
    chosen = None
    if participant.pk:
        chosen = participant.mail_preferences.filter(topic=topic).values_list("frequency", flat=True).first()
    if chosen is None:
        return _unasked(topic)
    return MailFrequency(chosen)


def _unasked(topic: MailTopic | None) -> MailFrequency:
    """Return how often somebody is told who was never asked."""
    return MailFrequency.IMMEDIATE if topic == MailTopic.WAITING else MailFrequency.NEVER


def choose_mail(
    participant: Participant,
    topic: MailTopic,
    frequency: MailFrequency,
    *,
    place: ConsentPlace = ConsentPlace.PAGE,
    cause_id: int | None = None,
    language: str = "",
) -> MailPreference:
    """Keep what somebody wishes, with the date and the wording. The second time changes nothing.

    What waits for them in another rhythm goes out in the new one; for NEVER it does not go out. That they
    agree to be told, or no longer do, is written into the register of consents.
    """
    with transaction.atomic():
        preference, created = MailPreference.objects.get_or_create(
            participant=participant,
            topic=topic,
            defaults={"frequency": frequency, "wording": wording_of(topic)},
        )
        is_changed = preference.frequency != frequency
        if is_changed:
            preference.frequency = frequency
            preference.wording = wording_of(topic)
            preference.chosen_at = timezone.now()
            preference.save()
        if created or is_changed:
            _follow_preference(participant, topic, frequency)
        if topic in CONSENTS:
            is_given = frequency != MailFrequency.NEVER
            told = {"place": place, "cause_id": cause_id, "language": language}
            record_consent(participant, CONSENTS[topic], is_given=is_given, **told)
    return preference


def wording_of(topic: MailTopic) -> str:
    """Return the number of the words in which somebody agrees to be told of a topic."""
    return WORDINGS[CONSENTS.get(topic, ConsentKind.REPLIES)]


def find_stop(token: str) -> FoundStop | None:
    """Return what the link in a message stops, and for whom; None for one that is not ours."""
    found = read_unsubscribe_token(token)
    if found is None:
        return None
    participant, what = found
    if what in MailTopic.values:
        topic = MailTopic(what)
        return FoundStop(participant, lambda: str(topic.label), partial(stop_mail, participant, topic))
    name, _sign, key = what.partition(KEY_SIGN)
    stop = mail_stops().get(name)
    if stop is None or not stop.describe(participant, key):
        return None
    return FoundStop(
        participant, partial(stop.describe, participant, key), partial(stop.stop, participant, key)
    )


def stop_mail(participant: Participant, topic: MailTopic) -> None:
    """Tell somebody no more of `topic`, from this moment on: by the link in a message."""
    choose_mail(participant, topic, MailFrequency.NEVER, place=ConsentPlace.MAIL)


def resend_mail(mail: OutgoingMail, *, by: Viewer) -> bool:
    """Try once more to send a message that was given up. Return whether anything changed.

    Raises `PermissionDenied` where `by` may not.
    """
    if not by.has_perm("people.resend_outgoingmail"):
        raise PermissionDenied
    with transaction.atomic():
        changed = OutgoingMail.objects.filter(pk=mail.pk, status=MailStatus.DEAD).update(
            status=MailStatus.QUEUED, attempts=0, due_at=timezone.now(), claimed_until=None
        )
        if changed and isinstance(by, User):
            log(instance=mail, action="people.resend_mail", user=by)
    return bool(changed)


def _follow_preference(participant: Participant, topic: MailTopic, frequency: MailFrequency) -> None:
    """Bring what waits in line with what was chosen."""
    waiting = [
        mail
        for mail in OutgoingMail.objects.filter(participant=participant, status=MailStatus.QUEUED)
        if find_kind(mail.kind).topic == topic
    ]
    queued = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in waiting])
    if frequency == MailFrequency.NEVER:
        queued.update(status=MailStatus.DROPPED)
    elif frequency == MailFrequency.IMMEDIATE:
        queued.exclude(bundle="").update(bundle="", due_at=timezone.now())
    else:
        queued.update(bundle=frequency, due_at=frequency.due_at(timezone.now()))
