"""The hours in which nobody moderates: what comes in then waits, whoever says it."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Self

from django.utils import timezone

SATURDAY = 5  # as `datetime.weekday` counts


@dataclass(frozen=True)
class ClosedHours:
    """From one hour of each day to another, across midnight too; on weekends all day where it says so.

    Hours are those of the site's time zone: they follow summer and winter.
    """

    start: time | None = None
    end: time | None = None
    on_weekends: bool = False

    @classmethod
    def of(cls, start: time | None, end: time | None, on_weekends: bool | None) -> Self | None:
        """Return the hours that a section has chosen; None where it has chosen none."""
        return cls(start, end, bool(on_weekends)) if start is not None or on_weekends else None

    def hold_at(self, moment: datetime) -> bool:
        """Whether `moment` is within them: from the first hour on, until just before the last."""
        local = timezone.localtime(moment)
        if self.on_weekends and local.weekday() >= SATURDAY:
            return True
        if self.start is None or self.end is None:
            return False
        now = local.time()
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end
