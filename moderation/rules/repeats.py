"""What came before: the same words from elsewhere, nearly the same, and many at once."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models import ScreeningTrace
from moderation.screening.evidence import Evidence
from moderation.screening.registry import ScreeningRule
from moderation.screening.signals import Signal

LIKE = 0.6  # so much of two texts is the same
MOST_COMPARED = 50
# Policy: the same text elsewhere is what advertisers do, and whoever has something to say twice is one of
# few; either is looked at by a person. Of a campaign with a common text the first is held as any other.
SAME, NEARLY_THE_SAME = 60, 50
RUSH, RUSH_WINDOW, RUSH_SCORE = 15, timedelta(minutes=10), 20


def notice_repeats(evidence: Evidence) -> Iterator[Signal]:
    """Notice what a guest, this one or another, said elsewhere, and that many come to one page at once."""
    comment = evidence.comment
    if comment is None or not comment.participant.is_guest:
        return
    sketch = evidence.sketch
    since = timezone.now() - RUSH_WINDOW
    wanted = Q(page_id=comment.page_id, noted_at__gt=since)
    if sketch:
        wanted |= Q(digest=sketch.digest) | Q(first__in=sketch.keys) | Q(second__in=sketch.keys)
    found = list(_traces(wanted, comment.pk))
    if sketch and any(trace.digest == sketch.digest for trace in found):
        yield Signal("repeat", SAME)
    elif sketch and any(sketch.likeness(trace.sketch) >= LIKE for trace in found):
        yield Signal("near_repeat", NEARLY_THE_SAME)
    if sum(trace.page_id == comment.page_id and trace.noted_at > since for trace in found) >= RUSH:
        yield Signal("rush", RUSH_SCORE)


def leave_trace(evidence: Evidence) -> None:
    """Remember what a guest said, as numbers."""
    comment = evidence.comment
    if comment is None or not comment.participant.is_guest:
        return
    trace = ScreeningTrace(comment=comment, page_id=comment.page_id)
    if sketch := evidence.sketch:
        trace.digest, (trace.first, *others) = sketch.digest, sketch.keys
        trace.second = next(iter(others), None)  # of one phrase again and again there is but one
        trace.sketch = list(sketch.least)
    # One statement, whether there was one before, of other words, or not.
    fields = [field.name for field in ScreeningTrace._meta.fields if field.name != "comment"]
    ScreeningTrace.objects.bulk_create(
        [trace], update_conflicts=True, unique_fields=["comment"], update_fields=fields
    )


def _traces(wanted: Q, leaving_out: int) -> QuerySet[ScreeningTrace]:
    """Return the latest traces that are wanted: one query, of at most so many."""
    return ScreeningTrace.objects.filter(wanted).exclude(pk=leaving_out).order_by("-noted_at")[:MOST_COMPARED]


RULES = (
    ScreeningRule(
        notice_repeats,
        {
            "repeat": _("the same was said elsewhere"),
            "near_repeat": _("nearly the same was said elsewhere"),
            "rush": _("many guests comment on this page at once"),
        },
    ),
)
