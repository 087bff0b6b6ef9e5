"""Capitals: a text that shouts."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

LETTERS = 30  # fewer may be an abbreviation or two
SHARE = 0.7
# Policy: shouting alone holds nothing.
SCORE = 20


def notice_capitals(evidence: Evidence) -> Iterator[Signal]:
    """Notice a text that is nearly all in capitals."""
    letters = [sign for sign in evidence.text if sign.isupper() or sign.islower()]
    if len(letters) >= LETTERS and sum(map(str.isupper, letters)) > SHARE * len(letters):
        yield Signal("capitals", SCORE)


RULES = (ScreeningRule(notice_capitals, {"capitals": _("nearly all in capitals")}),)
