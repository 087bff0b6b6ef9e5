"""Which part of a conversation, or of a thread, stands on a page, and where the others are.

Pages follow one another by key: the thread, or the reply, with which each begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from dialogue.querysets import CommentQuerySet
from dialogue.readers import ShownComment
from dialogue.readings import LAST, Reading

THREADS_PER_PAGE = 50
THREAD_PAGE_REPLIES = 50


@dataclass(frozen=True)
class Span:
    """Which of how many threads, or replies, stand on a page, and where the others are."""

    first: int = 0
    last: int = 0
    total: int = 0
    previous: int = 0  # how many stand on the page before, and on the next
    following: int = 0
    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""
    last_url: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.previous_url or self.next_url)


def find_key(selected: CommentQuerySet, reading: Reading, total: int) -> dict[str, Any] | None:
    """Return the thread that begins the page, how many come before it, and who begins the page before."""
    if not reading.start:
        return None
    if reading.start == LAST:
        # Found from the end, over one page of threads at most, and never by passing over all of them.
        on_last = (total - 1) % THREADS_PER_PAGE
        found = reading.backwards(selected)[on_last : on_last + 1]
        begin = found.values("thread_at", "pk").first()
        if begin is None:
            return None
        chosen = selected.filter(pk=begin["pk"])
    else:
        chosen = selected.filter(public_id=reading.start)
    earlier = reading.before(selected, OuterRef("thread_at"), OuterRef("pk"))
    # Grouped by the page, which all share: so a subquery counts. An order would become part of the group.
    count = earlier.order_by().values("page_id").annotate(number=Count("pk")).values("number")
    previous = reading.backwards(earlier).values("public_id")[THREADS_PER_PAGE - 1 : THREADS_PER_PAGE]
    return (
        chosen.annotate(before=Coalesce(Subquery(count), 0), previous=Subquery(previous))
        .values("thread_at", "pk", "before", "previous")
        .first()
    )


def span_of_page(
    reading: Reading, url: str, key: dict[str, Any] | None, shown: int, following: str, total: int
) -> Span:
    """Return which threads stand on a page, and the addresses of the others."""
    before = key["before"] if key else 0
    # The figure is read by a query of its own: it may be a moment behind the threads.
    total = max(total, before + shown)
    rest = total - before - shown
    previous = (key["previous"] or "") if key else ""
    return Span(
        first=before + 1 if shown else 0,
        last=before + shown,
        total=total,
        previous=min(before, THREADS_PER_PAGE),
        following=min(rest, THREADS_PER_PAGE) or THREADS_PER_PAGE,
        first_url=reading.address(url) if before > THREADS_PER_PAGE else "",
        previous_url=reading.address(url, start=previous if before > THREADS_PER_PAGE else "")
        if before
        else "",
        next_url=reading.address(url, start=following) if following else "",
        last_url=reading.address(url, start=LAST) if rest > THREADS_PER_PAGE else "",
    )


def span_of_thread(
    url: str, total: int, in_thread: CommentQuerySet, first: str | None, found: Sequence[ShownComment]
) -> Span:
    """Return which published replies stand on a page of a thread, and the addresses of the others."""
    before, previous = 0, ""
    if first:
        earlier = in_thread.filter(path__lt=first)
        before = earlier.published().count()
        page_before = earlier.order_by("-path").values_list("public_id", flat=True)
        starts = list(page_before[THREAD_PAGE_REPLIES - 1 : THREAD_PAGE_REPLIES + 1])
        previous = f"{url}?from={starts[0]}" if len(starts) > 1 else url
    shown = sum(reply.is_published for reply in found[:THREAD_PAGE_REPLIES])
    has_more = len(found) > THREAD_PAGE_REPLIES
    return Span(
        first=before + 1 if shown else 0,
        last=before + shown,
        total=total,
        first_url=url if previous and previous != url else "",
        previous_url=previous,
        next_url=f"{url}?from={found[THREAD_PAGE_REPLIES].public_id}" if has_more else "",
    )
