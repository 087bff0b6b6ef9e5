"""What people hear of measures on them, in their own language."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.actions import queue_mail
from mail.models import MailStatus, OutgoingMail
from mail.outbox import MailItem, MailKind
from moderation.models import Measure, MeasureKind
from portal.formats import write_date
from portal.permissions import Audience, audience_of

MEASURE = "moderation.measure"
LIFTED = "moderation.measure_lifted"

_SUBJECT = {
    MeasureKind.WARNING: gettext_lazy("A warning from the moderators"),
    MeasureKind.HOLDING: gettext_lazy("Your comments are now read before they are published"),
    MeasureKind.SUSPENSION: gettext_lazy("You cannot comment for some time"),
    MeasureKind.BAN: gettext_lazy("You can no longer comment"),
}
BECAUSE = gettext_lazy("You get this because you commented here.")


def tell_of_measure(measure: Measure) -> None:
    """Write down that the person is to hear of it, once it can be lifted unnoticed no more."""
    queue_mail(
        MEASURE,
        measure.participant,
        cause_id=measure.pk,
        delay=timedelta(seconds=settings.UNDO_SECONDS),
    )


def tell_of_lift(measure: Measure) -> None:
    """Write down that the person is to hear that it is lifted, where they were told of it."""
    told = OutgoingMail.objects.filter(kind=MEASURE, cause_id=measure.pk, status=MailStatus.SENT)
    if measure.kind != MeasureKind.WARNING and told.exists():
        queue_mail(LIFTED, measure.participant, cause_id=measure.pk)


def read_measure(mail: OutgoingMail) -> MailItem | None:
    """Return the measure, while it is in force; of an internal dialogue, no more than that there is one."""
    measure = _find(mail)
    if measure is None or not measure.is_in_force:
        return None
    if _is_internal(measure):
        return MailItem(
            subject=_("A decision about your comments in internal dialogues"),
            sentence=_("A moderator has decided something about your comments in internal dialogues."),
            url=reverse("personal_page"),
            link_label=_("Read it on your page"),
        )
    reason = _("Reason: %(reason)s.") % {"reason": measure.get_reason_code_display()}
    where = _("Where: %(where)s.") % {"where": measure.where_told}
    reading = _("You may go on reading.") if measure.is_silence else ""
    return MailItem(
        subject=str(_SUBJECT[MeasureKind(measure.kind)]),
        sentence=measure.sentence,
        details=tuple(part for part in (reason, measure.reason_text, where, reading) if part),
        url=reverse("personal_page"),
        link_label=_("See it on your page"),
    )


def read_lift(mail: OutgoingMail) -> MailItem | None:
    """Return that a measure is lifted."""
    measure = _find(mail)
    if measure is None or measure.lifted_at is None:
        return None
    is_internal = _is_internal(measure)
    sentence = (
        _("A moderator has lifted what was decided about your comments in internal dialogues.")
        if is_internal
        else _("Moderators have lifted what they had decided about you on %(day)s: it is over.")
        % {"day": write_date(measure.taken_at.date())}
    )
    return MailItem(
        subject=_("A measure about you is lifted"),
        sentence=sentence,
        url=reverse("personal_page"),
        link_label=_("See it on your page"),
    )


def _find(mail: OutgoingMail) -> Measure | None:
    measures = Measure.objects.select_related("comment__page", "section__locale", "participant")
    return measures.filter(pk=mail.cause_id, participant=mail.participant_id).first()


def _is_internal(measure: Measure) -> bool:
    """Whether it was taken at what is said among fewer people than everybody, or is in force there alone."""
    places = [measure.comment.page, *([measure.section] if measure.section else [])]
    return any(audience_of(place) == Audience.INTERNAL for place in places)


KINDS = (
    MailKind(MEASURE, gettext_lazy("a measure"), read_measure, because=BECAUSE),
    MailKind(LIFTED, gettext_lazy("the end of a measure"), read_lift, because=BECAUSE),
)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS
