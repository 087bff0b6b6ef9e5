"""Addresses that somebody throws away after use."""

from collections.abc import Iterator

from disposable_email_domains import blocklist
from django.utils.translation import gettext_lazy as _

from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

# Policy: some have good reasons to hide; with anything else beside it, a person looks.
SCORE = 40


def notice_throwaway(evidence: Evidence) -> Iterator[Signal]:
    """Notice an address at one of the hosts that give them to anybody for an hour."""
    host = evidence.email.rpartition("@")[2].lower()
    labels = host.split(".")
    # A host below one that is listed is one of theirs as well.
    if any(".".join(labels[place:]) in blocklist for place in range(len(labels) - 1)):
        yield Signal("throwaway", SCORE, about=host)


RULES = (ScreeningRule(notice_throwaway, {"throwaway": _("an address to be thrown away (%(about)s)")}),)
