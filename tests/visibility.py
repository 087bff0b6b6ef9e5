"""An eye on the one path: what others may see is changed by nobody who does not tell it.

Statements are watched on their way to the database. One that writes what decides who sees what is noted with
its place in the code; `visibility_changed` must have been called for it within the same transaction, before
or after, and wide enough to cover it. The transaction around a test is none. What Wagtail writes outside of
any may be told afterwards.
"""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from wagtail import hooks

from portal.page_store.changes import WRITES, columns_of
from portal.visibility import Change

ANY = "*"  # whichever column, and rows that come and go as well
OF_COMMENTS = {
    # A comment comes in unseen, and is deleted where nobody has seen it: its status makes the difference.
    "dialogue_comment": {
        *("status", "published_version", "version", "text", "html", "plain", "excerpt", "fragment"),
        *("author_name", "role_label_fr", "role_label_en", "words_language"),
        *("quote_consented_at", "quote_consent_version", "quote_consent_since"),
    },
    "dialogue_commentrevision": {"accepted_at"},
    "dialogue_featuredcomment": {
        *("revision_id", "ranges", "removals", "name_form", "name_detail", "placed_at"),
        *("agreed_at", "agreed_for_public", "agreed_form", "agreed_name"),
        *("declined_at", "withdrawn_at", "crossed_at"),
    },
}
OF_PAGES = {"wagtailcore_page": {"live", "path", "slug", "url_path", "expire_at", "go_live_at"}}
OF_ALL = {
    "wagtailcore_pageviewrestriction": {ANY},
    "wagtailcore_pageviewrestriction_groups": {ANY},
    "wagtailcore_collectionviewrestriction": {ANY},
    "wagtailcore_collectionviewrestriction_groups": {ANY},
    "wagtailcore_collection": {"path", "depth"},
    "wagtailcore_site": {ANY},
    "wagtailcore_locale": {ANY},
    "portal_portalsettings": {ANY},
    "dialogue_conversationsettings": {ANY},
    "portal_portalimage": {"collection_id"},
    "portal_portaldocument": {"collection_id"},
}
WATCHED = OF_COMMENTS | OF_PAGES | OF_ALL
# Files are saved with their collection, and seldom to change it: only a write of that alone is noted.
ALONE = {"portal_portalimage", "portal_portaldocument", "wagtailcore_collection"}

ROOT = str(settings.BASE_DIR)
NOT_THE_HOUSE = tuple(f"{ROOT}/{name}/" for name in ("tests", "demo", "bench", "tools"))
THOSE_WHO_LOOK = {__file__, f"{ROOT}/portal/page_store/changes.py"}
DEPTH = 4  # frames that are told of
PASSED_ON = {"save", "delete", "update", "bulk_update"}  # these write what their caller wanted
KEY = re.compile(r'WHERE "\w+"\."id" (?:= %s|IN \(%s\))$')
INSERTED = re.compile(r"INSERT INTO \"\w+\" \(([^)]*)\)")


@dataclass(frozen=True)
class Write:
    """One statement that changes who sees what, in which block of the test's transaction, and from where."""

    table: str
    columns: tuple[str, ...]
    key: int | None
    block: object
    number: int
    place: tuple[traceback.FrameSummary, ...]

    def is_covered_by(self, change: Change) -> bool:
        if change.is_everything:
            return True
        if self.table in OF_COMMENTS:
            return self._is_of(change.comments, change.quoted_in) or not change.is_of_comments
        if self.table in OF_PAGES:
            return bool(change.trees) or self._is_of(change.pages)
        return not change.is_of_comments and self.columns == ("DELETE",)  # goes with its page

    def _is_of(self, keys: frozenset[int], quoting: frozenset[int] = frozenset()) -> bool:
        if self.table == "dialogue_featuredcomment":
            return bool(quoting)
        is_known = self.key is not None and self.table in {"dialogue_comment", "wagtailcore_page"}
        return self.key in keys if is_known else bool(keys)

    def __str__(self) -> str:
        place = "".join(traceback.format_list(self.place))
        return f"{self.table} ({', '.join(self.columns)}), row {self.key or 'unknown'}, from\n{place}"


@dataclass(frozen=True)
class Told:
    """One call of `visibility_changed`: in which block, and after how many writes."""

    change: Change
    block: object
    writes_before: int

    def is_with(self, write: Write) -> bool:
        return self.block is write.block or (self.block is None and write.number < self.writes_before)


@dataclass
class Watch:
    """What was written and what was told while it is held open."""

    is_strict: bool
    writes: list[Write] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    def hear(self, change: Change) -> None:
        # The innermost block is that of `visibility_changed` itself.
        self.told.append(Told(change, outermost(connection.atomic_blocks[:-1]), len(self.writes)))

    def look(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict) -> Any:
        text = sql if isinstance(sql, str) else str(sql)
        found = None if text.startswith("SELECT") else WRITES.match(text)
        if not found or found[1] not in WATCHED:
            return execute(sql, params, many, context)
        key = params[-1] if params and not many and KEY.search(text) else None
        before = read_row(found[1], key)
        result = execute(sql, params, many, context)
        if not has_found_nothing(text, context["cursor"].rowcount):
            columns = written(found[1], text, None if many else params)
            self._note(found[1], columns - unchanged(before, read_row(found[1], key)), key)
        return result

    def untold(self) -> list[Write]:
        """Return the writes that nobody has told of in their transaction."""
        return [
            write
            for write in self.writes
            if not any(told.is_with(write) and write.is_covered_by(told.change) for told in self.told)
        ]

    def _note(self, table: str, columns: set[str], key: int | None) -> None:
        frames = frames_of_ours() if columns else []
        if columns and (self.is_strict or is_of_the_house(frames)):
            block, place = outermost(connection.atomic_blocks), tuple(frames[-DEPTH:])
            self.writes.append(Write(table, tuple(sorted(columns)), key, block, len(self.writes), place))


def has_found_nothing(sql: str, rows: int) -> bool:
    """Whether an update or a deletion came upon no row; of insertions, SQLite does not say how many."""
    return rows == 0 and not sql.startswith("INSERT")


def outermost(blocks: list[Any]) -> object:
    """Return the block with which the transaction begins, or would if there were no test around it."""
    return next((block for block in blocks if not block._from_testcase), None)


def read_row(table: str, key: int | None) -> dict[str, Any]:
    """Return what a page has in the watched columns: it is saved as a whole, whatever has changed.

    Nothing of other tables, whose rows are seldom saved as they were. The statement is counted by nobody.
    """
    if key is None or table not in OF_PAGES:
        return {}
    names = sorted(OF_PAGES[table])
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = {int(key)}")  # noqa: S608 - ours
        row = cursor.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def unchanged(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before if name in after and before[name] == after[name]}


def written(table: str, sql: str, params: Any) -> set[str]:
    """Return the watched columns that a statement writes; of rows that come and go, its verb."""
    watched = WATCHED[table]
    verb = sql.split(None, 1)[0].upper()
    if ANY in watched:
        return {verb}
    if verb == "UPDATE":
        columns = columns_of(sql) or watched  # raw SQL, as treebeard writes it
        return set() if table in ALONE and not columns <= watched else columns & watched
    if table not in OF_PAGES:
        return set()
    return {"DELETE"} if verb == "DELETE" else _inserted_live(sql, params)


def _inserted_live(sql: str, params: Any) -> set[str]:
    """Return `live` for a page that has readers from the moment on at which it is written."""
    found = INSERTED.match(sql)
    names = [name.strip(' "') for name in found[1].split(",")] if found else []
    return {"live"} if params and "live" in names and params[names.index("live")] else set()


def frames_of_ours() -> list[traceback.FrameSummary]:
    """Return the frames of our code that lead here, the innermost last, without those who look at statements.

    Their lines are read when they are told of, and not before: most never are.
    """
    found = [
        traceback.FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name, lookup_line=False)
        for frame, line in traceback.walk_stack(None)
        if is_ours(frame.f_code.co_filename)
    ]
    return found[::-1]


@cache
def is_ours(name: str) -> bool:
    """Whether a file is of our code, and not of those who look at statements."""
    return name.startswith(f"{ROOT}/") and "/.venv/" not in name and name not in THOSE_WHO_LOOK


def is_of_the_house(frames: list[traceback.FrameSummary]) -> bool:
    """Whether a statement is the doing of an app, and not of a test or a factory that lays something out."""
    doers = (frame for frame in reversed(frames) if frame.name not in PASSED_ON)
    doer = next(doers, None)
    return doer is not None and not doer.filename.startswith(NOT_THE_HOUSE)


@contextmanager
def watched_visibility(*, is_strict: bool = False) -> Iterator[Watch]:
    """Watch the statements of the block; `is_strict` counts those of a test and its factories too."""
    watch = Watch(is_strict)
    with connection.execute_wrapper(watch.look), hooks.register_temporarily("visibility_changed", watch.hear):
        yield watch


def say_what_is_untold(watch: Watch) -> str:
    """Return what to do about it; empty where all is told."""
    untold = "\n".join(map(str, watch.untold()))
    if not untold:
        return ""
    return (
        "Others may see something now, or no longer, and nobody was told. Call "
        f"`portal.visibility.visibility_changed` in the transaction that writes\n{untold}"
    )
