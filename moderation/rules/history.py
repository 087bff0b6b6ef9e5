"""What was decided on the words of the same person before."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

# Policy: one rejection is a slip and holds nothing; after the second a person looks first.
EACH, MOST = 25, 4


def notice_rejections(evidence: Evidence) -> Iterator[Signal]:
    """Notice that moderators have lately not published, or taken away, what this person said."""
    number = evidence.standing.refused
    if number:
        yield Signal("rejections", EACH * min(number, MOST), about=str(number))


RULES = (
    ScreeningRule(notice_rejections, {"rejections": _("rejected or hidden in three months: %(about)s")}),
)
