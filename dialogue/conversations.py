"""Reads one page of a conversation: which threads, from which on, and how many there are.

A page shows `THREADS_PER_PAGE` threads. Pages follow one another by key (`dialogue.spans`), never by passing
rows over; what stands in each thread is read by `dialogue.threads`, and the number of queries does not grow.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from dialogue.actions.screening import why_silenced
from dialogue.models.comments import Comment
from dialogue.models.conversations import Conversation
from dialogue.models.pages import CommentingState, ConversationPage
from dialogue.querysets import CommentQuerySet
from dialogue.quotations import shown_quotations
from dialogue.readers import Reader
from dialogue.readings import Reading, Show
from dialogue.signs import Twin, conversations_of, find_twins
from dialogue.spans import THREADS_PER_PAGE, Span, find_key, span_of_page
from dialogue.threads import Thread, read_comments, show_to, threads_from
from portal.permissions import Viewer


@dataclass
class ConversationView:
    """One page of a conversation as `viewer` sees it."""

    page: ConversationPage
    viewer: Viewer
    reading: Reading
    counts: Conversation
    threads: list[Thread]
    state: CommentingState
    reader: Reader
    span: Span
    url: str = ""
    twins: list[Twin] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.counts.comment_count

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def closed_sentence(self) -> str:
        return str(self.state.sentence)

    @property
    def has_choice(self) -> bool:
        """Whether there is more than one way to read it."""
        return self.counts.thread_count > 1 or self.reading.show != Show.ALL

    @property
    def ways(self) -> list[dict[str, Any]]:
        """The filters as links; those that can be counted for everybody say how many threads they show."""
        counted = {
            Show.ALL: self.counts.thread_count,
            Show.ANSWERED: self.counts.answered_count,
            Show.UNANSWERED: self.counts.unanswered_count,
            Show.ORGANISATION: self.counts.organisation_count,
        }
        return [
            {
                "label": show.label,
                "count": counted.get(show),
                "url": self.reading.address(self.url, show=show),
                "is_current": self.reading.show == show,
            }
            for show in Show
        ]

    @property
    def other_order(self) -> dict[str, str]:
        """The link that turns the order round."""
        order = "oldest" if self.reading.is_newest_first else "newest"
        label = gettext("Oldest first") if self.reading.is_newest_first else gettext("Newest first")
        return {"label": label, "url": self.reading.address(self.url, order=order)}


def load_conversation(
    page: ConversationPage,
    viewer: Viewer,
    reading: Reading | None = None,
    request: HttpRequest | None = None,
) -> ConversationView:
    """Return a page of the conversation as `reading` asks for it, or its first page.

    The caller has made sure that `viewer` may read `page`. An unknown start is the first page. A page that is
    not live shows no conversation, not in a preview either.
    """
    reading = reading or Reading()
    state, url = state_for(viewer, page), page.get_url(request) or ""
    reader = Reader(viewer, state.is_open, viewer.has_perm("dialogue.feature_comment"))
    counts, translations = conversations_of(page) if page.live else (Conversation(page_id=page.pk), [])
    # What is kept of this page goes when somebody speaks under one of these.
    page.shown_with = tuple(twin.pk for twin in translations)
    selected, total = _selected(page, viewer, reading, counts)
    key = find_key(selected, reading, total)
    # One more than is shown: it is where the next page begins.
    roots = read_comments(_from_key(selected, reading, key)[: THREADS_PER_PAGE + 1])
    threads = threads_from(roots[:THREADS_PER_PAGE], reader)
    show_to(threads, reader, page, viewer, request)
    following = roots[THREADS_PER_PAGE].public_id if len(roots) > THREADS_PER_PAGE else ""
    return ConversationView(
        page=page,
        viewer=viewer,
        reading=reading,
        counts=counts,
        threads=threads,
        state=state,
        reader=reader,
        span=span_of_page(reading, url, key, len(threads), following, total),
        url=url,
        twins=find_twins(translations, viewer, request),
    )


def state_for(viewer: Viewer, page: ConversationPage) -> CommentingState:
    """Return whether `viewer` may speak under `page` now, by the page and by what was decided about them.

    Of a guest nothing is known here: they are told when they send something.
    """
    state = page.commenting_state
    silence = why_silenced(viewer, None, page) if state.is_open else ""
    return CommentingState(is_open=False, sentence=silence) if silence else state


def threads_of(page: ConversationPage) -> CommentQuerySet:
    """Return the roots of all threads; under a page that is not live, nothing is said to anybody."""
    # By depth, and the conditions of `WAYS_OF_READING`: `parent IS NULL` is served by no index of these.
    return Comment.objects.filter(page_id=page.pk, depth=0) if page.live else Comment.objects.none()


def _selected(
    page: ConversationPage, viewer: Viewer, reading: Reading, counts: Conversation
) -> tuple[CommentQuerySet, int]:
    """Return the threads that are read, and how many there are."""
    selected = reading.selected(threads_of(page))
    if reading.show == Show.FEATURED:
        keys = _threads_quoted(page, viewer)
        return selected.filter(pk__in=keys), len(keys)
    totals = {
        Show.ANSWERED: counts.answered_count,
        Show.UNANSWERED: counts.unanswered_count,
        Show.ORGANISATION: counts.organisation_count,
    }
    return selected, totals.get(Show(reading.show), counts.thread_count)


def _threads_quoted(page: ConversationPage, viewer: Viewer) -> set[int]:
    """Return the keys of the threads in which some comment is quoted where `viewer` may read it."""
    if not page.live:
        return set()
    quoted = shown_quotations({"comment__page_id": page.pk}, viewer)
    return {quotation.comment.root_id or quotation.comment_id for quotation in quoted}


def _from_key(selected: CommentQuerySet, reading: Reading, key: dict[str, Any] | None) -> CommentQuerySet:
    """Return the threads from `key` on, in their order."""
    if key is not None:
        selected = reading.from_on(selected, key["thread_at"], key["pk"])
    return reading.ordered(selected)
