"""Writing down what somebody agrees to, and what they take back."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from mail.models import ChoicePlace
from mail.topics import MailTopic
from people.models import Participant
from privacy.consents import ConsentKind, consent_kinds
from privacy.models import Consent


def last_consent(
    participant: Participant, kind: ConsentKind, *, cause_id: int | None = None, item_id: int | None = None
) -> Consent | None:
    """Return the row that says what holds now; None where it was never asked or given."""
    rows = Consent.objects.filter(participant_id=participant.pk, kind=kind.name)
    if kind.is_for_one_comment:
        rows = rows.filter(cause_id=cause_id, item_id=item_id)
    # By key, which is the order of writing: a clock may go backwards.
    return rows.order_by("-pk").first()


def has_consented(
    participant: Participant, kind: ConsentKind, *, cause_id: int | None = None, item_id: int | None = None
) -> bool:
    """Whether somebody agrees now; for what is given for one comment, to that of `cause_id`."""
    last = last_consent(participant, kind, cause_id=cause_id, item_id=item_id)
    return last is not None and last.is_given


def record_consent(
    participant: Participant,
    kind: ConsentKind,
    *,
    is_given: bool,
    place: ChoicePlace,
    cause_id: int | None = None,
    version: int | None = None,
    language: str = "",
    at: datetime | None = None,
) -> bool:
    """Write down that somebody agrees, or takes it back; return whether that is new.

    The second time nothing is written, nor where what was never given is taken back. Given for a new
    version of a comment, it is new. Call it in the transaction of whatever follows from it.
    """
    last = last_consent(participant, kind, cause_id=cause_id)
    if last is None and not is_given:
        return False
    if last is not None and last.is_given == is_given and (not is_given or last.version == version):
        return False
    row = consent_of(
        participant,
        kind,
        is_given=is_given,
        place=place,
        cause_id=cause_id,
        version=version,
        language=language,
        at=at,
    )
    row.save(force_insert=True)
    return True


def consent_of(
    participant: Participant,
    kind: ConsentKind,
    *,
    is_given: bool,
    place: ChoicePlace,
    cause_id: int | None = None,
    version: int | None = None,
    language: str = "",
    wording: str = "",
    item_id: int | None = None,
    at: datetime | None = None,
) -> Consent:
    """Return the row that says so, not yet stored; without a `wording`, asked in the words of now."""
    return Consent(
        participant=participant,
        kind=kind.name,
        is_for_one_comment=kind.is_for_one_comment,
        is_given=is_given,
        wording=wording or kind.wording,
        # A command has no language of its own.
        language=language or get_language() or participant.mail_language,
        place=place,
        cause_id=cause_id,
        version=version,
        item_id=item_id,
        recorded_at=at or timezone.now(),
    )


def record_consents(rows: Iterable[Consent]) -> None:
    """Write down what was agreed to with comments that are just being written, of which nothing is."""
    Consent.objects.bulk_create(rows, batch_size=500)


def follow_mail_choice(
    participant: Participant,
    topic: MailTopic,
    *,
    is_wished: bool,
    place: ChoicePlace,
    cause_id: int | None,
    language: str,
) -> None:
    """Write down that somebody agrees to be told of a topic, or no longer does (hook `mail_chosen`)."""
    for kind in consent_kinds().values():
        if kind.topic == topic:
            record_consent(
                participant, kind, is_given=is_wished, place=place, cause_id=cause_id, language=language
            )
