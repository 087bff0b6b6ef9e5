"""How long personal data is kept: rules, which are applied each day and published as they are.

An app offers its rules on the hook `retention_rules`. A rule that removes is applied by
`privacy.actions.apply_retention`, in their order; a rule that keeps says until when, and who ends it. The
page of the rules is made from them, so that what is published is what is done. How many days a rule keeps is
read from `settings.KEEP_DAYS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from wagtail import hooks

Words = str | Promise


def delete_rows(rows: QuerySet) -> None:
    rows.delete()


@dataclass(frozen=True)
class RetentionRule:
    """What goes after some days: `due` returns the rows that are as old as `cutoff` or older.

    `apply` removes or blanks such rows, so that they are due no more; it runs in a transaction, on a part of
    them. `what`, `since` and `then` are what readers are told: a title, and the parts of the line below it.
    """

    name: str
    setting: str
    what: Words
    since: Words
    then: Words
    tables: frozenset[str]
    due: Callable[[datetime], QuerySet]
    apply: Callable[[QuerySet], None] = delete_rows

    @property
    def days(self) -> int:
        return settings.KEEP_DAYS[self.setting]

    def due_at(self, now: datetime) -> QuerySet:
        """Return the rows whose days are over at `now`."""
        return self.due(now - timedelta(days=self.days))


@dataclass(frozen=True)
class StandingRule:
    """What is kept without a number of days: `until` says what ends it."""

    what: Words
    until: Words
    tables: frozenset[str]


def _offered() -> list[RetentionRule | StandingRule]:
    return [rule for offer in hooks.get_hooks("retention_rules") for rule in offer()]


def retention_rules() -> list[RetentionRule]:
    """Return the rules that remove, in the order in which they are applied."""
    return [rule for rule in _offered() if isinstance(rule, RetentionRule)]


def standing_rules() -> list[StandingRule]:
    """Return the rules that keep."""
    return [rule for rule in _offered() if isinstance(rule, StandingRule)]
