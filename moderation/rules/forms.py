"""What the form noticed that people do not do."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

# Policy: either is enough. Nobody writes in a second, and nobody fills in what nobody sees.
SCORES = {"too_fast": 60, "honeypot": 90}


def take_over(evidence: Evidence) -> Iterator[Signal]:
    """Leave what the form noticed as signals."""
    for name in evidence.form_signals & SCORES.keys():
        yield Signal(name, SCORES[name])


RULES = (
    ScreeningRule(
        take_over,
        {
            "too_fast": _("sent faster than anybody writes"),
            "honeypot": _("filled in a field that people do not see"),
        },
    ),
)
