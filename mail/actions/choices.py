"""What somebody wishes to be told: chosen, and stopped by the link in a message."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail import hooks

from mail.models import ChoicePlace, MailFrequency, MailPreference, MailStatus, OutgoingMail
from mail.outbox import KEY_SIGN, FoundStop, find_kind, mail_stops, read_unsubscribe_token
from mail.topics import MailTopic, mail_topics
from people.models import Participant


def frequency_of(participant: Participant, topic: MailTopic) -> MailFrequency:
    """Return how often this participant is told of `topic`; whoever was never asked, never."""
    chosen = None
    if participant.pk:
        preferences = participant.mail_preferences.filter(topic=topic.name)
        chosen = preferences.values_list("frequency", flat=True).first()
    if chosen is None:
        return topic.frequency_unasked
    return MailFrequency(chosen)


def choose_mail(
    participant: Participant,
    topic: MailTopic,
    frequency: MailFrequency,
    *,
    place: ChoicePlace = ChoicePlace.PAGE,
    cause_id: int | None = None,
    language: str = "",
) -> MailPreference:
    """Keep what somebody wishes, with the date. The second time changes nothing.

    What waits for them in another rhythm goes out in the new one; for NEVER it does not go out. Whoever keeps
    account of it registers on the hook `mail_chosen`, and is told in the same transaction: where it was said,
    in which language, and because of what.
    """
    with transaction.atomic():
        preference, created = MailPreference.objects.get_or_create(
            participant=participant,
            topic=topic.name,
            defaults={"frequency": frequency},
        )
        is_changed = preference.frequency != frequency
        if is_changed:
            preference.frequency = frequency
            preference.chosen_at = timezone.now()
            preference.save()
        if created or is_changed:
            _follow_preference(participant, topic, frequency)
        # Also where nothing changed: whether a consent is new, the register knows.
        for tell in hooks.get_hooks("mail_chosen"):
            tell(
                participant,
                topic,
                is_wished=frequency != MailFrequency.NEVER,
                place=place,
                cause_id=cause_id,
                language=language,
            )
    return preference


def find_stop(token: str) -> FoundStop | None:
    """Return what the link in a message stops, and for whom; None for one that is not ours."""
    found = read_unsubscribe_token(token)
    if found is None:
        return None
    participant, what = found
    if (topic := mail_topics().get(what)) is not None:
        return FoundStop(participant, lambda: str(topic.label), partial(stop_mail, participant, topic))
    name, _sign, key = what.partition(KEY_SIGN)
    stop = mail_stops().get(name)
    # What has no description is there no more, and cannot be stopped.
    if stop is None or not stop.describe(participant, key):
        return None
    return FoundStop(
        participant, partial(stop.describe, participant, key), partial(stop.stop, participant, key)
    )


def stop_mail(participant: Participant, topic: MailTopic) -> None:
    """Tell somebody no more of `topic`, from this moment on: by the link in a message."""
    choose_mail(participant, topic, MailFrequency.NEVER, place=ChoicePlace.MAIL)


def _follow_preference(participant: Participant, topic: MailTopic, frequency: MailFrequency) -> None:
    """Bring what waits in line with what was chosen."""
    # Looked at one by one: which kinds belong to a topic, code knows and the table does not.
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
