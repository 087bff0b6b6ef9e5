"""Excerpts of what somebody said: what is shown of it, and that nothing is shown which they did not say.

An excerpt is *ranges* of the plain text of one version (none: all of it) and *removals* within them, each for
a reason from a list. Places are counted in characters as Python counts them. Whatever is left out shows as
`[…]`, whatever was removed as `[removed: reason]`. Nothing begins or ends inside a word, and words that are
quoted from somebody else keep the mark that says so: by leaving out, nobody is made to say something else.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Self

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from portal.characters import JOINERS, is_mark, is_visible

CUT = "[…]"
MAX_PARTS = 20  # of each kind: more is a collage, and not an excerpt

Range = tuple[int, int]
Removal = tuple[int, int, str]

_BREAK = re.compile(r"[^\S\xa0\u2007\u202f]")  # a no-break space holds words together
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_QUOTE_MARKS = re.compile(r"^(?:>[^\S\n]?)+", re.MULTILINE)


class RemovalReason(models.TextChoices):
    """Why words were removed from an excerpt. A choice, and no words of an editor's among somebody else's."""

    PERSONAL = "personal", pgettext_lazy("removed", "personal details")
    NAME = "name", pgettext_lazy("removed", "somebody’s name")
    LINK = "link", pgettext_lazy("removed", "an address or a link")
    INSULT = "insult", pgettext_lazy("removed", "an insult")


class ExcerptRefused(Exception):
    """The excerpt would not be honest, or is none; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Excerpt:
    """What is shown of a text, as `check_excerpt` returns it: in order, apart, from word to word."""

    ranges: tuple[Range, ...] = ()
    removals: tuple[Removal, ...] = ()

    @classmethod
    def of(cls, ranges: Iterable[Any], removals: Iterable[Any]) -> Self:
        """Return the excerpt that was stored as lists."""
        return cls(tuple(map(tuple, ranges)), tuple(map(tuple, removals)))

    @property
    def is_whole(self) -> bool:
        return not (self.ranges or self.removals)

    @property
    def lists(self) -> tuple[list[list[int]], list[list[Any]]]:
        """The ranges and the removals as they are stored."""
        return [list(one) for one in self.ranges], [list(one) for one in self.removals]


WHOLE = Excerpt()


# --- What may be left out -------------------------------------------------------------------------


def snap(text: str, start: int, end: int) -> Range:
    """Return the range widened to whole words, and to the mark of whoever is quoted on the line."""
    start, end = snap_to_words(text, start, end)
    marks = _marks_before(text, start)
    return (marks[0] if marks else start), end


def snap_to_words(text: str, start: int, end: int) -> Range:
    """Return the range widened to whole words alone, as for what is left out."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    while start > 0 and not _is_between_words(text, start):
        start -= 1
    while end < len(text) and not _is_between_words(text, end):
        end += 1
    return start, end


def check_excerpt(text: str, ranges: Any, removals: Any = ()) -> Excerpt:
    """Return the excerpt, written in the one way in which it is stored, or raise `ExcerptRefused`.

    Spaces at the ends go, parts with nothing between them become one, and all of the text is no excerpt.
    """
    kept = [_trimmed(text, *one) for one in _apart(text, _pairs(ranges))]
    removed = _pairs(removals, has_reason=True)
    _apart(text, [(start, end) for start, end, _reason in removed])
    kept = _joined(text, kept)
    whole = _trimmed(text, 0, len(text))
    within = kept or [whole]
    gone: list[Removal] = [(*_trimmed(text, start, end), reason) for start, end, reason in removed]
    for start, end, _reason in gone:
        if not any(first <= start and end <= last for first, last in within):
            raise ExcerptRefused(_("Only what stands in the excerpt can be removed from it."))
    excerpt = Excerpt(() if kept == [whole] else tuple(kept), tuple(gone))
    _refuse_unsaid(text, excerpt)
    return excerpt


def carry_over(old: str, new: str, excerpt: Excerpt) -> Excerpt | None:
    """Return the excerpt of another wording that shows the very same words, or None where they are not there.

    Of words that stand there more than once, the first after the part before.
    """
    ranges: list[list[int]] = []
    removals: list[list[Any]] = []
    reached = 0
    for start, end in excerpt.ranges or ((0, len(old)),):
        place = new.find(old[start:end], reached)
        if place < 0:
            return None
        ranges.append([place, place + end - start])
        removals += [
            [first - start + place, last - start + place, reason]
            for first, last, reason in excerpt.removals
            if start <= first < end
        ]
        reached = place + end - start
    return check_excerpt(new, ranges, removals)


def _pairs(given: Any, *, has_reason: bool = False) -> list[Any]:
    """Return what was given as ranges, each with its reason where there is one."""
    if not isinstance(given, list | tuple) or len(given) > MAX_PARTS:
        raise ExcerptRefused(_("This excerpt cannot be read, or has too many parts. Choose it again."))
    for one in given:
        is_list = isinstance(one, list | tuple) and len(one) == 2 + has_reason
        # A truth value is a whole number to Python, and no place to anybody else.
        if not is_list or not all(type(place) is int for place in one[:2]):
            raise ExcerptRefused(_("This excerpt cannot be read, or has too many parts. Choose it again."))
        if has_reason and one[2] not in RemovalReason.values:
            raise ExcerptRefused(_("Say why each of these words is removed: choose a reason from the list."))
    return [tuple(one) for one in given]


def _apart(text: str, ranges: list[Range]) -> list[Range]:
    """Return the ranges, if each lies within the text, from word to word, after the one before."""
    reached = 0
    for start, end in ranges:
        if not 0 <= start < end <= len(text):
            raise ExcerptRefused(_("A part of the excerpt lies outside of the comment."))
        if start < reached:
            raise ExcerptRefused(_("Parts of the excerpt overlap, or stand in another order."))
        if not (_is_between_words(text, start) and _is_between_words(text, end)):
            raise ExcerptRefused(_("A part of the excerpt begins or ends inside a word."))
        if not has_words(text[start:end]):
            raise ExcerptRefused(_("A part of the excerpt has no words."))
        reached = end
    return ranges


def _joined(text: str, ranges: list[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in ranges:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _refuse_unsaid(text: str, excerpt: Excerpt) -> None:
    kept = list(kept_ranges(text, excerpt))
    if not any(has_words(text[start:end]) for start, end in kept):
        raise ExcerptRefused(_("Nothing would be left of the comment."))
    for start, _end in kept:
        marks = _marks_before(text, start)
        if marks and not any(first <= marks[0] and marks[1] <= last for first, last in kept):
            raise ExcerptRefused(
                _("These words are quoted from somebody else: keep the sign > at the start of their line.")
            )


def _is_between_words(text: str, place: int) -> bool:
    if place in {0, len(text)}:
        return True
    sign = text[place]
    if is_mark(sign) or sign in JOINERS:  # it is drawn on what comes before, be it a space
        return False
    return bool(_BREAK.match(sign) or _BREAK.match(text[place - 1]))


def _marks_before(text: str, place: int) -> Range | None:
    """Return where the signs stand by which the line says that it quotes, if `place` is behind the first."""
    line = text.rfind("\n", 0, place) + 1
    found = _QUOTE_MARKS.match(text, line)
    if found is None or place <= line:
        return None
    return line, line + len(found[0].rstrip())


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and _BREAK.match(text[start]) and _is_between_words(text, start + 1):
        start += 1
    while start < end and _BREAK.match(text[end - 1]):
        end -= 1
    return start, end


def has_words(text: str) -> bool:
    return any(map(is_visible, text))


# --- What is shown --------------------------------------------------------------------------------


def kept_ranges(text: str, excerpt: Excerpt) -> Iterator[Range]:
    """Yield what is shown of the text, in order."""
    for first, last in excerpt.ranges or ((0, len(text)),):
        reached = first
        for start, end, _reason in excerpt.removals:
            if first <= start < last:
                if reached < start:
                    yield reached, start
                reached = end
        if reached < last:
            yield reached, last


def write_plain(text: str, excerpt: Excerpt) -> str:
    """Return what is shown as plain text, with its marks in the language that is being read."""
    return _write(text, excerpt, str, lambda: CUT, removal_mark)


def write_html(text: str, excerpt: Excerpt) -> SafeString:
    """Return what is shown as paragraphs, with its marks in the language that is being read."""
    written = _write(text, excerpt, escape, _cut_in_html, _removal_in_html)
    paragraphs = filter(str.strip, _PARAGRAPH_END.split(written))
    html = "\n".join(f'<p dir="auto">{one.strip().replace("\n", "<br>\n")}</p>' for one in paragraphs)
    return mark_safe(html)  # noqa: S308 - every word was escaped, and the marks are ours


def removal_mark(reason: str) -> str:
    """Return what stands in the place of removed words."""
    return _("[removed: %(reason)s]") % {"reason": RemovalReason(reason).label}


def _cut_in_html() -> str:
    return f'<span class="voice__cut">{CUT}</span>'


def _removal_in_html(reason: str) -> str:
    # A direction of its own keeps it from deciding that of the words around it.
    return format_html(
        '<span class="voice__cut" lang="{}" dir="ltr">{}</span>', get_language() or "", removal_mark(reason)
    )


def _write(
    text: str,
    excerpt: Excerpt,
    write: Callable[[str], str],
    cut: Callable[[], str],
    removed: Callable[[str], str],
) -> str:
    ranges = excerpt.ranges or ((0, len(text)),)
    pieces, reached = [], 0
    for first, last in ranges:
        pieces.append(_write_gap(text[reached:first], cut, is_first=reached == 0))
        place = first
        for start, end, reason in excerpt.removals:
            if first <= start < last:
                pieces += [write(text[place:start]), removed(reason)]
                place = end
        pieces.append(write(text[place:last]))
        reached = last
    if text[reached:].strip():
        pieces.append(f" {cut()}")
    return "".join(pieces).strip()


def _write_gap(gap: str, cut: Callable[[], str], *, is_first: bool) -> str:
    """Return what stands for words that were left out, on a line of its own where they had some."""
    words = gap.strip()
    if not words:
        return gap
    if is_first:
        return f"{cut()} "
    before, after = gap[: len(gap) - len(gap.lstrip())], gap[len(gap.rstrip()) :]
    return f"{_space_like(before)}{cut()}{_space_like(after)}"


def _space_like(space: str) -> str:
    if _PARAGRAPH_END.search(space):
        return "\n\n"
    return "\n" if "\n" in space else " "
