"""What moderators decided about the person: that all they say is read first."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from moderation.models import MeasureKind
from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import MOST, Signal


def notice_holding(evidence: Evidence) -> Iterator[Signal]:
    """Notice that every comment of this person is held here, by a measure in force."""
    if any(measure.kind == MeasureKind.HOLDING for measure in evidence.standing.measures):
        yield Signal("person_held", MOST)


RULES = (
    ScreeningRule(
        notice_holding, {"person_held": _("by a measure, all that this person says is read first")}
    ),
)
