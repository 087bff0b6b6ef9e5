"""Who may not speak, by a measure in force: asked where words come in, and where a form would be shown."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from dialogue.actions import CommentRefused, Refusal
from moderation.models import Measure
from moderation.screening.evidence import Evidence
from people.models import Participant
from portal.editions import remember
from portal.permissions import Viewer


class Silenced(CommentRefused):
    """Its author may not speak here now, by a measure of moderators; the message says until when and why."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(silence_sentence(measure), Refusal.SILENCED)


def refuse_silenced(evidence: Evidence) -> None:
    """Raise `Silenced` where whoever says it may not speak under this page now."""
    silences = [measure for measure in evidence.standing.measures if measure.is_silence]
    if silences:
        raise Silenced(_longest(silences))


def why_silenced(viewer: Viewer, guest: Participant | None, page: Page) -> str:
    """Return why `viewer`, or the `guest` whom this browser vouches for, may not speak under `page` now.

    In their language; empty where they may. Where nobody is silenced, nothing is asked of the database.
    """
    if not (viewer.is_authenticated or guest) or not remember(("is anybody silenced",), _is_anybody_silenced):
        return ""
    measures = Measure.objects.in_force().silencing().select_related("participant__user")
    measures = measures.on_account(viewer) if guest is None else measures.on(guest)
    silences = list(measures.holding_under(page))
    return silence_sentence(_longest(silences)) if silences else ""


def silence_sentence(measure: Measure) -> str:
    """Say until when somebody may not speak, and why."""
    reason = _("Reason: %(reason)s.") % {"reason": measure.get_reason_code_display()}
    last = _("You may go on reading.")
    return " ".join(part for part in (measure.sentence, reason, measure.reason_text, last) if part)


def _longest(silences: list[Measure]) -> Measure:
    """Return the one that ends last: to be told of an earlier day would be wrong."""
    return max(silences, key=lambda one: (one.ends_at is None, one.ends_at or timezone.now()))


def _is_anybody_silenced() -> bool:
    return Measure.objects.in_force().silencing().exists()
