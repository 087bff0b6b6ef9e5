"""Reads threads, with their replies, in a number of queries that does not grow with them.

A page of a conversation shows of each thread a few replies, as many as its measure allows (`PAGE_SIZE`); the
rest of a thread has an address of its own. Only the columns that are shown are read, and what all readers see
of a comment was made when it was published (`dialogue.fragments`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Exists, OuterRef, When
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from dialogue.actions.counts import REPLIES_SHOWN
from dialogue.changes import offer_to_change, tell_of_changes
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.passages import context_of as context_with_passage
from dialogue.passages import quote_passages
from dialogue.querysets import SHOWN, CommentQuerySet
from dialogue.quotations import tell_where_drafted, tell_where_quoted
from dialogue.readers import (
    COLUMNS,
    OF_PARENT,
    Reader,
    ShownComment,
    answer_to,
    fold_words,
    renew_stale,
    show_comment,
)
from dialogue.spans import THREAD_PAGE_REPLIES, Span, span_of_thread
from portal.permissions import Viewer

PAGE_SIZE = 44_000  # characters of comments on a page: the first replies of each thread come first, then more
IN_RANGE = '("dialogue_comment"."root_id" = %s AND "dialogue_comment"."path" <= %s)'
LONGEST_FOLDED = 1_000  # characters: shorter comments stay whole, however many there are


@dataclass
class Thread:
    """A root comment and those of its replies that are shown."""

    root: ShownComment
    replies: list[ShownComment] = field(default_factory=list)

    @property
    def comments(self) -> list[ShownComment]:
        return [self.root, *self.replies]

    @property
    def more_count(self) -> int:
        """How many published replies the page does not show."""
        return max(0, self.root.reply_count - sum(reply.is_published for reply in self.replies))

    @property
    def more_url(self) -> str:
        return reverse("show_thread", args=[self.root.public_id])


def load_thread(
    root: Comment,
    viewer: Viewer,
    start: str = "",
    request: HttpRequest | None = None,
    *,
    can_reply: bool = True,
) -> tuple[Thread, Span]:
    """Return one thread from the reply `start` on, and where the others are."""
    reader = Reader(viewer, can_reply, viewer.has_perm("dialogue.feature_comment"))
    in_thread = Comment.objects.filter(root=root).shown()
    first = in_thread.filter(public_id=start).values_list("path", flat=True).first() if start else None
    replies = in_thread.filter(path__gte=first) if first else in_thread
    found = read_comments(replies.order_by("path")[: THREAD_PAGE_REPLIES + 1], *OF_PARENT)
    [shown] = read_comments(Comment.objects.filter(pk=root.pk))
    thread = Thread(shown, found[:THREAD_PAGE_REPLIES])
    renew_stale(thread.comments, reader)
    # From a later reply on, the root that stands above them is not what came before.
    note_parents([thread], is_begun=first is not None)
    show_to([thread], reader, root.page, viewer, request)
    return thread, span_of_thread(thread.more_url, thread.root.reply_count, in_thread, first, found)


def threads_from(roots: Sequence[ShownComment], reader: Reader) -> list[Thread]:
    """Return the threads that begin with `roots`, with as many of their first replies as a page can hold."""
    threads = {root.pk: Thread(root) for root in roots}
    replies = _replies(roots)
    renew_stale([*roots, *replies], reader)
    for reply in replies:
        if reply.root_id is not None:
            threads[reply.root_id].replies.append(reply)
    _keep_measure(list(threads.values()))
    note_parents(threads.values())
    return list(threads.values())


def _replies(roots: Sequence[ShownComment]) -> list[ShownComment]:
    """Return the first replies of each root, up to where its thread is folded: one query, or none."""
    answered = [root for root in roots if root.reply_count]
    if not answered:
        return []
    first = Comment.objects.filter(_ranges_of(answered))
    # The status stands inside a case, so that no database goes through all comments of a status for it.
    first = first.filter(Case(When(SHOWN, then=True), default=False, output_field=BooleanField()))
    return read_comments(first.order_by("root_id", "path"), *OF_PARENT)


def _ranges_of(roots: Sequence[ShownComment]) -> RawSQL:
    """Return the condition of replies that stand before the fold of their threads.

    Each range by itself: joined to its root, PostgreSQL reads all of a long thread to find three. And in SQL
    that is written here: fifty conditions would take Django longer than all the rest of the page.
    """
    condition = " OR ".join([IN_RANGE] * len(roots))
    ends = [value for root in roots for value in (root.pk, root.shown_until)]
    return RawSQL(f"({condition})", ends, output_field=BooleanField())  # noqa: S611 - values are parameters


def read_comments(comments: CommentQuerySet, *more: str) -> list[ShownComment]:
    """Return what is shown of `comments`: one query."""
    is_quoted = Exists(FeaturedComment.objects.filter(comment_id=OuterRef("pk"), placed_at__isnull=False))
    return [ShownComment(*values) for values in comments.values_list(*COLUMNS, is_quoted, *more)]


def _keep_measure(threads: Sequence[Thread]) -> None:
    """Leave as many replies as `PAGE_SIZE` allows: first one of each thread, then a second, and so on.

    Where the roots alone are too much, the longest are folded. The same for every reader: permalinks count
    on it.
    """
    left = PAGE_SIZE - sum(thread.root.size for thread in threads)
    kept = [0] * len(threads)
    for turn in range(REPLIES_SHOWN):
        for number, thread in enumerate(threads):
            # `kept` says where a thread stopped: after one that found no room comes no later one.
            if turn < len(thread.replies) and kept[number] == turn and left >= thread.replies[turn].size:
                left -= thread.replies[turn].size
                kept[number] = turn + 1
    for number, thread in enumerate(threads):
        thread.replies = thread.replies[: kept[number]]
    for thread in sorted(threads, key=lambda thread: thread.root.size)[::-1]:
        if left >= 0 or thread.root.size < LONGEST_FOLDED:
            break
        left += thread.root.size
        fold_words(thread.root, thread.more_url)
        left -= thread.root.size


def note_parents(threads: Iterable[Thread], *, is_begun: bool = False) -> None:
    """Note on each reply whether what it answers stands right above; of a thread that was begun elsewhere
    the first reply shown has nothing above it.
    """
    for thread in threads:
        above = [None if is_begun else thread.root.pk, *(reply.pk for reply in thread.replies)]
        for reply, pk in zip(thread.replies, above, strict=False):
            reply.is_below_parent = reply.parent_id == pk


def show_to(
    threads: Sequence[Thread], reader: Reader, page: Page, viewer: Viewer, request: HttpRequest | None
) -> None:
    """Set on each comment what the reader sees of it."""
    comments = [comment for thread in threads for comment in thread.comments]
    by_key = {comment.pk: comment for comment in comments}
    on_page = {comment.public_id for comment in comments}
    quoted = tell_where_quoted(comments, viewer, request)
    drafted = tell_where_drafted(comments, viewer) if reader.may_feature else {}
    tell_of_changes(comments, page, viewer)
    offer_to_change(comments, page, viewer)
    for pk, passage in quote_passages(comments).items():
        by_key[pk].passage = context_with_passage("", passage).strip()
    for thread in threads:
        is_gone = thread.root.is_tombstone
        for comment in thread.comments:
            after = answer_to(comment, reader, on_page) + quoted.get(comment.pk, "")
            after += drafted.get(comment.pk, "")
            show_comment(comment, reader, after, on_page=on_page, is_below_tombstone=is_gone)
