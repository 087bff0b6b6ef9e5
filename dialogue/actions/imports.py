"""Bringing in comments that were said elsewhere, or at another time: many at once, and nobody is told."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import batched, chain

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backends

from dialogue.actions.consents import record_imported
from dialogue.actions.counts import count_new_threads, recount
from dialogue.actions.events import record_events
from dialogue.actions.imported import Imported, ImportedComment, ImportRefused, prepare_imports
from dialogue.actions.locks import lock_comments
from dialogue.actions.places import give_place
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.visibility import tell_of_new
from dialogue.fragments import write_fragment
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.words import LONG
from dialogue.permissions import ConversationPermissionTester
from people.models import Participant
from portal.permissions import Viewer

BATCH = 1_000  # rows in a statement
KEYS = 10_000  # asked for in a statement

logger = logging.getLogger(__name__)


def import_comments(rows: Iterable[ImportedComment], *, by: Viewer | None) -> list[Imported]:
    """Store comments as if they had been posted when they were said, all of them or none; return what is new.

    Everything that posting writes is written: words, versions, places, events, consents, figures, the index.
    But nobody is mailed, nothing is screened, no limit holds, and the page may be closed. A row whose source
    was imported before is passed over, whatever it says now: the second time changes nothing. Replies may
    come before what they reply to. `by` is the administrator who imports; None, a command.

    It is one transaction, which locks what it changes: import a page, or some thousand rows, at a time.
    Raises `ImportRefused`, which names every row that cannot be; `PermissionDenied` for anybody else.
    """
    rows = list(rows)
    pages = {row.page.pk: row.page for row in rows}
    for page in pages.values():
        if by is not None and not ConversationPermissionTester(page, by).can_import():
            raise PermissionDenied
    # What takes long is done before anything is locked.
    known = _known_among(rows)
    prepared = prepare_imports([row for row in rows if row.source not in known], timezone.now())
    with transaction.atomic():
        # Authors before comments: the order of `dialogue.actions.locks`.
        authors = _lock_authors(prepared)
        # Of two imports of the same rows at once, the second finds now what the first has written.
        known = _known_among([one.row for one in prepared])
        imported = [one for one in prepared if one.row.source not in known]
        if imported:
            # Of all pages now: `recount` locks the same roots page by page, and finds them held.
            lock_comments(Comment.objects.filter(page__in=list(pages)).roots())
            _store(imported)
            _welcome(authors, imported)
            # By key, as `add_to_counts` of other acts reaches the figures of several pages.
            for pk in sorted(pages):
                recount(pages[pk])
            _index([one.comment for one in imported])
    logger.info("%s comments imported under %s pages", len(imported), len(pages))
    return imported


def _known_among(rows: Iterable[ImportedComment]) -> set[str]:
    """Return the sources of rows that were imported before."""
    known: set[str] = set()
    for some in batched((row.source for row in rows), KEYS):
        found = Comment.objects.filter(imported_as__in=some)
        known.update(source for source in found.values_list("imported_as", flat=True) if source)
    return known


def _lock_authors(imported: list[Imported]) -> dict[int, datetime]:
    """Lock whoever speaks, as an erasure does it; return since when they are known here."""
    keys = sorted({one.row.author.pk for one in imported if one.row.author.pk})
    authors: dict[int, datetime] = {}
    for some in batched(keys, KEYS):
        # Whoever was erased stays erased: an old export of their words does not bring them back.
        rows = Participant.objects.filter(pk__in=some, erasure=None).order_by("pk")
        locked = rows.select_for_update(no_key=True, of=("self",))
        authors.update(locked.values_list("pk", "joined_at"))
    refusal = CommentRefused(_("Its author is not known here, or was erased."), Refusal.BAD_AUTHOR)
    _refuse({one.row.source: refusal for one in imported if one.row.author.pk not in authors})
    return authors


def _refuse(faults: dict[str, CommentRefused]) -> None:
    if faults:
        raise ImportRefused(faults)


# --- The place of each ----------------------------------------------------------------------------


def _find_parents(imported: list[Imported]) -> None:
    """Give each reply the comment that it replies to, new or stored."""
    comments = {one.row.source: one.comment for one in imported}
    comments |= _stored({one.row.parent for one in imported if one.row.parent} - comments.keys())
    faults = {}
    for one in imported:
        if one.row.parent:
            one.comment.parent = comments.get(one.row.parent)
            if refusal := _why_not_below(one.comment, one.comment.parent):
                faults[one.row.source] = refusal
    _refuse(faults)


def _stored(sources: Collection[str]) -> dict[str, Comment]:
    """Return the comments that were imported from these sources before, each with the root of its thread."""
    keys: set[int] = set()
    for some in batched(sources, KEYS):
        found = Comment.objects.filter(imported_as__in=some).values_list("pk", "root_id")
        keys.update(key for key in chain.from_iterable(found) if key)
    comments: dict[int, Comment] = {}
    for batch in batched(keys, KEYS):
        comments.update(Comment.objects.defer(*LONG, "fragment").in_bulk(batch))
    # One object for each root: places in a thread are counted on its `last_seq`, for all rows together.
    for comment in comments.values():
        comment.root = comments[comment.root_id] if comment.root_id else None
    return {comment.imported_as: comment for comment in comments.values() if comment.imported_as}


def _why_not_below(comment: Comment, parent: Comment | None) -> CommentRefused | None:
    if parent is None:
        return CommentRefused(_("What it replies to is not known here."), Refusal.BAD_PARENT)
    if parent.page_id != comment.page_id:
        return CommentRefused(_("What it replies to stands under another page."), Refusal.BAD_PARENT)
    if parent.submitted_at > comment.submitted_at:
        return CommentRefused(_("It was said before what it replies to."), Refusal.BAD_DATE)
    return None


def _in_order(comments: Iterable[Comment]) -> Iterator[tuple[int, Comment]]:
    """Yield each comment with its level: by their times, and a parent before its replies.

    What replies in a circle never comes.
    """
    replies: dict[str, list[tuple[int, Comment]]] = defaultdict(list)
    ready: list[tuple[datetime, int, int, Comment]] = []  # the number tells those of one moment apart
    for number, comment in enumerate(comments):
        if comment.parent is None or comment.parent.pk:
            ready.append((comment.submitted_at, number, 0, comment))
        else:
            replies[comment.parent.public_id].append((number, comment))
    heapify(ready)
    while ready:
        _at, _number, level, comment = heappop(ready)
        yield level, comment
        for number, reply in replies[comment.public_id]:
            heappush(ready, (reply.submitted_at, number, level + 1, reply))


def _give_places(imported: list[Imported]) -> list[list[Comment]]:
    """Give each comment its place; return them by levels, so that each is stored after what it replies to."""
    levels: list[list[Comment]] = []
    for level, comment in _in_order([one.comment for one in imported]):
        if comment.parent is not None:
            give_place(comment, comment.parent, comment.parent.root or comment.parent)
        if level == len(levels):
            levels.append([])
        levels[level].append(comment)
    placed = {comment.public_id for comment in chain.from_iterable(levels)}
    circle = CommentRefused(_("What it replies to replies to it."), Refusal.BAD_PARENT)
    _refuse({one.row.source: circle for one in imported if one.comment.public_id not in placed})
    return levels


# --- Writing --------------------------------------------------------------------------------------


def _store(imported: list[Imported]) -> None:
    """Write the comments and all that goes with each of them, in batches."""
    _find_parents(imported)
    levels = _give_places(imported)
    comments = list(chain.from_iterable(levels))
    for comment in comments:
        write_fragment(comment)
    # Before they are stored: new threads then need no second writing, and `recount` finds nothing in them.
    count_new_threads(comments)
    grown = {comment.root.pk: comment.root for comment in comments if comment.root and comment.root.pk}
    for level in levels:
        Comment.objects.bulk_create(level, batch_size=BATCH)
    # After the rows have keys, which a telling names; nobody sees them before the commit.
    tell_of_new(comments)
    # Of threads that were there before; new roots were stored with theirs.
    Comment.objects.bulk_update(grown.values(), ["last_seq"], batch_size=BATCH)
    versions = chain.from_iterable(one.versions for one in imported)
    CommentRevision.objects.bulk_create(versions, batch_size=BATCH)
    record_events(chain.from_iterable(one.events.values() for one in imported))
    record_imported((one.comment, row) for one in imported for row in one.consents)


def _welcome(authors: dict[int, datetime], imported: list[Imported]) -> None:
    """Let whoever spoke earlier than they are known here be known from then on."""
    first: dict[int, datetime] = {}
    for one in imported:
        key = one.row.author.pk
        first[key] = min(one.row.said_at, first.get(key, authors[key]))
    earlier = [Participant(pk=key, joined_at=at) for key, at in first.items() if at < authors[key]]
    Participant.objects.bulk_update(earlier, ["joined_at"], batch_size=BATCH)


def _index(comments: list[Comment]) -> None:
    """Put the comments into the index, last of all: one outside of the database knows no way back."""
    for backend in get_search_backends(with_auto_update=True):
        for batch in batched(comments, BATCH):
            backend.add_bulk(Comment, batch)
