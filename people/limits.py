"""How much may be sent in how much time, counted in the tables themselves: with or without Redis."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

WINDOWS = (timedelta(minutes=10), timedelta(days=1))  # of the numbers in a setting, in this order


@dataclass(frozen=True)
class Limit:
    """At most `count` rows in any `window`."""

    count: int
    window: timedelta


def as_limits(counts: tuple[int, ...]) -> tuple[Limit, ...]:
    """Return the limits that a setting states: so many in ten minutes, and so many in a day."""
    return tuple(Limit(count, window) for count, window in zip(counts, WINDOWS, strict=False))


def seconds_left(rows: QuerySet, field: str, limits: tuple[Limit, ...], now: datetime) -> int:
    """Return after how many seconds one more row is within all of `limits`; 0 where it is now.

    `field` is when a row was sent. The latest rows, as many as a limit allows, tell.
    """
    longest, most = max(limit.window for limit in limits), max(limit.count for limit in limits)
    recent = rows.filter(**{f"{field}__gt": now - longest}).order_by(f"-{field}")
    moments = list(recent.values_list(field, flat=True)[:most])
    return wait_after(moments, limits, now)


def wait_after(moments: list[datetime], limits: tuple[Limit, ...], now: datetime) -> int:
    """Return the same for `moments`, the latest first."""
    # One more fits as soon as the oldest of the last `count` has left the window.
    waits = [moments[limit.count - 1] + limit.window - now for limit in limits if limit.count <= len(moments)]
    return max(0, math.ceil(max(waits, default=timedelta()).total_seconds()))
