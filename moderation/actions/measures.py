"""Measures on people: taken, lifted, and what follows when somebody speaks (decision 40)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment
from moderation.actions.reasons import Justification, refuse_reason
from moderation.measure_mail import tell_of_lift, tell_of_measure
from moderation.models import Measure, MeasureKind, Verb
from moderation.permissions import MeasurePermissionTester
from moderation.querysets import digest_of
from people.models import Participant, User

LONGEST = timedelta(days=5 * 365)  # for longer, no day is said


@dataclass(frozen=True)
class Scope:
    """Where a measure is to be in force; a `section` with the reach of that name."""

    reach: str
    section: Page | None = None


def take_measure(
    comment: Comment,
    kind: MeasureKind,
    *,
    by: User,
    scope: Scope,
    why: Justification,
    last_day: date | None = None,
) -> Measure | None:
    """Take a measure on the author of `comment`, in force at once and, if given, until the end of `last_day`.

    They are told by mail once the time to take it back is over, with the reason, in their language. Return
    the measure, or None where this person has it already. Raises `PermissionDenied` where `by` may not, or
    not there; `ReasonRequired` without a reason, `CommentRefused` for a day that is missing or will not do.
    """
    if not MeasurePermissionTester(comment, by).can_take(scope.reach, scope.section):
        raise PermissionDenied
    refuse_reason(Verb.REJECT, why)
    ends_at = _end_of(kind, last_day)
    with transaction.atomic():
        # Of two at once, the second sees the measure of the first.
        person = Participant.objects.select_for_update(no_key=True).get(pk=comment.participant_id)
        if _has_already(comment, kind, scope, by):
            return None
        measure = Measure.objects.create(
            participant=person,
            address_digest=digest_of(person.address),
            comment=comment,
            kind=kind,
            reach=scope.reach,
            section=scope.section,
            reason_code=why.reason_code,
            reason_text=why.reason_text,
            note=why.note,
            taken_by=by,
            ends_at=ends_at,
        )
        tell_of_measure(measure)
    return measure


def lift_measure(measure: Measure, *, by: User) -> bool:
    """End a measure now; return whether that is new. Who was told of it is told that it is lifted.

    Raises `PermissionDenied` where `by` may not take one there.
    """
    if not MeasurePermissionTester(measure.comment, by).can_lift(measure):
        raise PermissionDenied
    with transaction.atomic():
        current = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        if not current.is_in_force:
            return False
        current.lifted_at, current.lifted_by = timezone.now(), by
        current.save(update_fields=["lifted_at", "lifted_by"])
        tell_of_lift(current)
    return True


def _end_of(kind: MeasureKind, last_day: date | None) -> datetime | None:
    """Return when the measure ends: with the last day, in the time zone of the site."""
    if last_day is None:
        if kind == MeasureKind.SUSPENSION:
            raise CommentRefused(_("Say until which day they are suspended."), Refusal.BAD_DATE)
        return None
    if not kind.may_end:
        return None
    today = timezone.localdate()
    if last_day < today:
        raise CommentRefused(_("Choose today, or a day to come."), Refusal.BAD_DATE)
    if last_day > today + LONGEST:
        raise CommentRefused(_("Choose a day within five years, or none for a ban."), Refusal.BAD_DATE)
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))


def _has_already(comment: Comment, kind: MeasureKind, scope: Scope, by: User) -> bool:
    """Whether the person has this, as far as `by` may know: warned for this comment, or in force there."""
    same = Measure.objects.in_force().seen_by(by).filter(participant=comment.participant_id, kind=kind)
    if kind == MeasureKind.WARNING:
        return same.filter(comment=comment).exists()
    return same.filter(reach=scope.reach, section=scope.section).exists()
