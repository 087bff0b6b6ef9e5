"""What is kept so that nobody counts while reading: of each comment, of each thread, and of each page.

`add_to_counts` moves the figures in the transaction that moved a comment; `find_differences` finds them anew
from the comments alone, and `recount` writes what it found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from wagtail.models import Page

from dialogue.actions.locks import lock_comments
from dialogue.models.comments import Comment
from dialogue.models.conversations import Conversation
from dialogue.models.threads import LAST_PLACE, SEGMENT
from dialogue.querysets import PUBLISHED, TOMBSTONE_STATUSES
from people.models import Side
from portal.visibility import Change, visibility_changed

REPLIES_SHOWN = (
    3  # of each thread, at most, on a page of its conversation; after a change: `recount_comments --mend`
)
# Kept on the root alone; a reply keeps the defaults.
OF_THREAD = ("thread_at", "organisation_at", "answered_at", "answered_in", "shown_until")
OF_COMMENT = ("reply_count", *OF_THREAD)
BATCH = 500


# --- As comments come and go ----------------------------------------------------------------------


def add_to_counts(comment: Comment, difference: int) -> None:
    """Add `difference` to the counts above `comment`, and keep its thread and its page's figures right.

    The comment is stored and locked, and so is its root (`lock_comment`).
    """
    if not difference:
        return
    # The locked root, which `lock_comment` put there: one that was read before would bring back old figures.
    root = comment.root or comment
    before = _counts_of_thread(root)
    if comment.root_id:
        # The parent too: of a reply at the deepest level it is not an ancestor by its path.
        above = Q(pk=comment.root_id) | Q(pk=comment.parent_id)
        above |= Q(root_id=comment.root_id, path__in=comment.ancestor_paths)
        Comment.objects.filter(above).update(reply_count=F("reply_count") + difference)
        # On the object as well: whether the root itself is shown (a tombstone) depends on it.
        root.reply_count += difference
    _move_thread(root, comment, difference)
    after = _counts_of_thread(root)
    # As differences: the lock is on the root, and other threads move the figures of the same page meanwhile.
    moved = {name: F(name) + after[name] - before[name] for name in after if after[name] != before[name]}
    page = Conversation.objects.filter(page_id=comment.page_id)
    moved["comment_count"] = F("comment_count") + difference
    # Updated first, for the row is nearly always there; two first comments may make it at once.
    if not page.update(**moved):
        Conversation.objects.get_or_create(page_id=comment.page_id)
        page.update(**moved)


def _move_thread(root: Comment, comment: Comment, difference: int) -> None:
    """Write on `root` what became of its thread, where anything did."""
    kept = {name: getattr(root, name) for name in OF_THREAD}
    root.thread_at = root.submitted_at if root.is_shown else None
    # Only a reply can move the fold, which is a path among the replies.
    if comment.root_id:
        root.shown_until = _shown_until(root)
    if comment.is_for_organisation:
        _hear_organisation(root)
    moved = {name: getattr(root, name) for name in OF_THREAD if getattr(root, name) != kept[name]}
    if moved:
        Comment.objects.filter(pk=root.pk).update(**moved)


def _shown_until(root: Comment) -> str:
    """Return the path of the last reply that the conversation shows of a thread."""
    shown = Comment.objects.filter(root=root).shown().order_by("path")
    # One more than is shown tells whether anything is folded, without counting the thread.
    paths = list(shown.values_list("path", flat=True)[: REPLIES_SHOWN + 1])
    return paths[REPLIES_SHOWN - 1] if len(paths) > REPLIES_SHOWN else LAST_PLACE


def _hear_organisation(root: Comment) -> None:
    """Set on `root` when the organisation first spoke in its thread, and its first answer."""
    voices = Comment.objects.filter(root=root).published().for_organisation()
    first = voices.order_by("submitted_at", "pk").values_list("submitted_at", "public_id").first()
    of_root = root.submitted_at if root.is_published and root.is_for_organisation else None
    _set_voice(root, of_root, first)


def _set_voice(thread: Any, of_root: datetime | None, first: tuple[datetime, str] | None) -> None:
    thread.organisation_at = of_root or (first[0] if first else None)
    # In a thread that the organisation began, its further words answer nobody.
    is_answer = first is not None and thread.side != Side.ORGANISATION
    thread.answered_at, thread.answered_in = first if first and is_answer else (None, "")


# `Any` here and above is a `Comment` or a `_Row`: the columns have the same names in both.
def _counts_of_thread(root: Any) -> dict[str, int]:
    """Return what one thread adds to the figures of its page."""
    return {
        "thread_count": int(root.thread_at is not None),
        "answered_count": int(root.answered_at is not None),
        # By when the organisation spoke, not by `answered_at`: what it began waits for no answer.
        "unanswered_count": int(root.thread_at is not None and root.organisation_at is None),
        "organisation_count": int(root.organisation_at is not None),
    }


# --- Anew ------------------------------------------------------------------------------------------


@dataclass
class _Row:
    """One comment, as far as counting asks for it."""

    pk: int
    public_id: str
    root_id: int | None
    parent_id: int | None
    path: str
    status: str
    side: str
    submitted_at: datetime
    reply_count: int
    thread_at: datetime | None
    organisation_at: datetime | None
    answered_at: datetime | None
    answered_in: str
    shown_until: str

    @property
    def is_shown(self) -> bool:
        return self.status == PUBLISHED or (self.status in TOMBSTONE_STATUSES and self.reply_count > 0)


@dataclass(frozen=True)
class Difference:
    """A figure that is kept and is not what the comments say."""

    of: str
    name: str
    kept: Any
    counted: Any

    def __str__(self) -> str:
        return f"{self.of}: {self.name} is {self.kept!r}, and should be {self.counted!r}"


def recount(page: Page) -> list[Difference]:
    """Write what `find_differences` finds, and return it. A page without figures gets them."""
    with transaction.atomic():
        visibility_changed(Change(conversations=frozenset({page.pk})))
        # Nobody moves within a thread without its root.
        lock_comments(Comment.objects.filter(page=page).roots())
        # A thread that begins meanwhile has no root that could be locked: its figures wait here.
        Conversation.objects.select_for_update(no_key=True).filter(page_id=page.pk).first()
        wrong, figures, differences = _compare(page)
        comments = [Comment(pk=row.pk, **{name: getattr(row, name) for name in OF_COMMENT}) for row in wrong]
        # Each column is a CASE with two parameters a row: as long as `BATCH` rows of one column.
        Comment.objects.bulk_update(comments, OF_COMMENT, batch_size=BATCH // len(OF_COMMENT))
        Conversation.objects.update_or_create(page_id=page.pk, defaults=figures)
    return differences


def count_new_threads(comments: Iterable[Comment]) -> None:
    """Set the figures of comments that are not stored yet, and whose threads are not either.

    They come in the order in which they will be stored. A reply in a thread that is stored is passed over,
    for `recount` to count.
    """
    numbers: dict[str, int] = {}
    rows, counted = [], []
    for comment in comments:
        if comment.root is None or comment.root.public_id in numbers:
            numbers[comment.public_id] = len(numbers) + 1
            rows.append(_row_of_new(comment, numbers))
            counted.append(comment)
    _count_rows(rows)
    for comment, row in zip(counted, rows, strict=True):
        for name in OF_COMMENT:
            setattr(comment, name, getattr(row, name))


def _row_of_new(comment: Comment, numbers: dict[str, int]) -> _Row:
    """Return `comment` as counting sees it, with a number in the place of the key that it has not got."""
    row = _Row(*(getattr(comment, name) for name in _Row.__dataclass_fields__))
    row.pk = numbers[comment.public_id]
    row.root_id = numbers[comment.root.public_id] if comment.root else None
    row.parent_id = numbers[comment.parent.public_id] if comment.parent else None
    return row


def find_differences(page: Page) -> list[Difference]:
    """Return where the figures kept for `page` are not what its comments say. Writes nothing."""
    return _compare(page)[2]


def _compare(page: Page) -> tuple[list[_Row], dict[str, int], list[Difference]]:
    """Return the rows that are wrong, corrected, the figures of the page, and every difference."""
    columns = tuple(_Row.__dataclass_fields__)
    rows = [_Row(*values) for values in Comment.objects.filter(page=page).values_list(*columns)]
    # Before `_count_rows`, which writes on the same rows.
    kept = {row.pk: {name: getattr(row, name) for name in OF_COMMENT} for row in rows}
    _count_rows(rows)
    wrong, differences = [], []
    for row in rows:
        names = [name for name in OF_COMMENT if getattr(row, name) != kept[row.pk][name]]
        if names:
            wrong.append(row)
            differences += [
                Difference(f"comment {row.public_id}", name, kept[row.pk][name], getattr(row, name))
                for name in names
            ]
    figures = _figures(rows)
    stored = Conversation.objects.filter(page_id=page.pk).values(*figures).first()
    stored = stored or dict.fromkeys(figures, 0)
    differences += [
        Difference(f"page {page.pk}", name, stored[name], figures[name])
        for name in figures
        if stored[name] != figures[name]
    ]
    return wrong, figures, differences


def _count_rows(rows: list[_Row]) -> None:
    """Set on every row what its figures should be."""
    below = _below(rows)
    threads: dict[int, list[_Row]] = {}
    for row in rows:
        row.reply_count = below.get(row.pk, 0)
        if row.root_id:
            threads.setdefault(row.root_id, []).append(row)
    for row in rows:
        if row.root_id:
            row.thread_at = row.organisation_at = row.answered_at = None
            row.answered_in, row.shown_until = "", LAST_PLACE
        else:
            _count_thread(row, threads.get(row.pk, []))


def _below(rows: list[_Row]) -> dict[int, int]:
    """Return how many published comments stand below each, by its key."""
    by_place = {(row.root_id, row.path): row.pk for row in rows}
    below: dict[int, int] = {}
    for row in rows:
        if row.status == PUBLISHED:
            # As `Comment.ancestor_paths` has it: the whole of its own path is not above it.
            paths = (row.path[:end] for end in range(SEGMENT, len(row.path), SEGMENT))
            above = {by_place.get((row.root_id, path)) for path in paths}
            # A set: a parent is mostly an ancestor by its path as well, and counts once.
            for pk in above | {row.root_id, row.parent_id}:
                if pk is not None:
                    below[pk] = below.get(pk, 0) + 1
    return below


def _count_thread(root: _Row, replies: list[_Row]) -> None:
    root.thread_at = root.submitted_at if root.is_shown else None
    paths = sorted(row.path for row in replies if row.is_shown)
    root.shown_until = paths[REPLIES_SHOWN - 1] if len(paths) > REPLIES_SHOWN else LAST_PLACE
    voices = [row for row in replies if row.status == PUBLISHED and row.side == Side.ORGANISATION]
    first = min(voices, key=lambda row: (row.submitted_at, row.pk), default=None)
    is_voice = root.status == PUBLISHED and root.side == Side.ORGANISATION
    _set_voice(
        root,
        root.submitted_at if is_voice else None,
        (first.submitted_at, first.public_id) if first else None,
    )


def _figures(rows: Iterable[_Row]) -> dict[str, int]:
    """Return the figures of the page that has these comments."""
    names = ("comment_count", "thread_count", "answered_count", "unanswered_count", "organisation_count")
    figures = dict.fromkeys(names, 0)
    for row in rows:
        figures["comment_count"] += row.status == PUBLISHED
        for name, count in _counts_of_thread(row).items() if not row.root_id else ():
            figures[name] += count
    return figures
