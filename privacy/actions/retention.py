"""Removing what has been kept for long enough."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from people.actions import renew_name_shapes
from privacy.actions.erasures import scrub_database
from privacy.retention import RetentionRule, retention_rules

BATCH = 500  # rows in one transaction: no reader waits for long, and a run that is cut off loses little


def apply_retention(*, is_trial: bool = False, batch: int = BATCH) -> Iterator[tuple[RetentionRule, int]]:
    """Apply every rule, and yield each with how many rows it removed or, in a trial, would remove now.

    Every batch is a transaction of its own: a run that was cut off is taken up by the next one, and a second
    run finds nothing to do. What a rule leaves behind for a later one counts in that. Of names that are gone
    no shape stays, however they went.
    """
    now = timezone.now()
    for rule in retention_rules():
        yield rule, rule.due_at(now).count() if is_trial else _apply(rule, now, batch)
    if not is_trial:
        renew_name_shapes()
        scrub_database()


def _apply(rule: RetentionRule, now: datetime, batch: int) -> int:
    done, last = 0, None
    while True:
        due = rule.due_at(now).order_by("pk")
        if last is not None:  # on and on, even past a row that would not go
            due = due.filter(pk__gt=last)
        keys = list(due.values_list("pk", flat=True)[:batch])
        if not keys:
            return done
        with transaction.atomic():
            # Asked once more: what was due a moment ago may have been changed since.
            rule.apply(rule.due_at(now).filter(pk__in=keys))
        done, last = done + len(keys), keys[-1]
