"""The passage of its parent that a reply quotes: found when it is written, looked up when it is read.

Only a version and a range are kept, never the words. They are shown while the parent is published, exactly as
they stood, and marked where the parent was changed since.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dialogue.markup import Words, plain_without_marks
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.words import TEXT_MAX_LENGTH
from portal import characters

SHOWN = 300  # characters of a passage; the rest is a click away
CUT = "[…]"
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """Where in a comment: a version and, unless it is its beginning, a range of its plain text."""

    version: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Quoted:
    """A passage as readers see it."""

    words: str
    language: str
    url: str
    changed_since: datetime | None = None  # the date of this wording, where the parent was changed since


def find_passage(parent: Comment, words: str) -> Passage | None:
    """Return where `words`, as somebody marked them on the page, stand in what readers read now, or None.

    White space counts as one space, for a browser hands over lines in its own way; the marks of lists and
    quotations may be among the words, or not.
    """
    if not words.strip():
        return Passage(parent.version)
    place = find_words(parent.words, words)
    return Passage(parent.version, *place) if place else None


def find_words(said: Words, words: str) -> tuple[int, int] | None:
    """Return the range of the plain text of what was `said` in which `words` first stand, or None."""
    # Cut: anything may be sent, and the pattern grows with it (T39).
    wanted = _SPACES.sub(" ", words[: 2 * TEXT_MAX_LENGTH]).strip()
    pattern = re.compile(r"\s+".join(map(re.escape, wanted.split(" "))))
    # In both texts each word stands at the same place, so that a range of one is a range of the other.
    place = pattern.search(said.plain) or pattern.search(plain_without_marks(said.text))
    return place.span() if place else None


def quote_passages(replies: Iterable[Any]) -> dict[int, Quoted]:
    """Return, by the key of each reply that quotes its parent, what it quotes: one query, if any does."""
    quoting = [reply for reply in replies if reply.passage_version is not None and not reply.is_tombstone]
    if not quoting:
        return {}
    wanted = Q()
    for reply in quoting:
        wanted |= Q(comment_id=reply.parent_id, version=reply.passage_version)
    found = CommentRevision.objects.read_by_readers().filter(wanted).select_related("comment")
    versions = {(revision.comment_id, revision.version): revision for revision in found}
    quoted = {}
    for reply in quoting:
        revision = versions.get((reply.parent_id or 0, reply.passage_version or 0))
        if revision is not None:
            quoted[reply.pk] = _quote(reply, revision)
    return quoted


def write_contexts(replies: Sequence[Comment], names: Mapping[int | None, str]) -> None:
    """Set on each reply the line that tells what it answers: a name, where it may be shown, and a passage."""
    quoted = quote_passages(replies)
    for reply in replies:
        reply.context = context_of(names.get(reply.pk, ""), quoted.get(reply.pk))


def context_of(parent_author: str, quoted: Quoted | None) -> SafeString | str:
    """Return the line above a reply's words, or nothing."""
    if not (parent_author or quoted):
        return ""
    return render_to_string("dialogue/_context.html", {"name": parent_author, "quoted": quoted})


def _quote(reply: Comment, revision: CommentRevision) -> Quoted:
    parent = revision.comment
    is_changed = parent.version != revision.version
    return Quoted(
        words=_cut(revision.words.plain, reply.passage_start, reply.passage_end),
        language=revision.words_language,
        url=parent.get_absolute_url(),
        changed_since=revision.submitted_at if is_changed else None,
    )


def _cut(text: str, start: int | None, end: int | None) -> str:
    """Return the passage on one line, every cut shown. A range beyond the text is its end."""
    before, passage, after = text[:start] if start else "", text[start:end], text[end:] if end else ""
    words = characters.on_one_line(passage)
    shown = characters.cut_at_word(words, SHOWN)
    is_cut = shown != words
    ends = [f"{CUT} "] if before.strip() else []
    ends.append(shown.removesuffix("…") if is_cut else shown)
    if is_cut or after.strip():
        ends.append(f" {CUT}")
    return "".join(ends)
