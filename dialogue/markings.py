"""How an editor marks an excerpt on the words of a comment: one act after the other.

Each act is told from where to where words were selected, in characters, and widens that to whole words. It
returns what is shown then, or raises `ExcerptRefused`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialogue.excerpts import (
    Excerpt,
    ExcerptRefused,
    Range,
    Removal,
    check_excerpt,
    has_words,
    removal_mark,
    snap,
    snap_to_words,
)
from portal.characters import cut_at_word

BRIEF = 80  # characters


@dataclass(frozen=True)
class Stretch:
    """A run of a text that is shown, left out, or removed for a reason; all of them together are the text."""

    start: int
    end: int
    words: str
    is_shown: bool = False
    reason: str = ""

    @property
    def has_words(self) -> bool:
        return has_words(self.words)

    @property
    def brief(self) -> str:
        """Enough of the words to tell them from others."""
        return cut_at_word(self.words, BRIEF)

    @property
    def mark(self) -> str:
        """What readers see in the place of words that were removed."""
        return removal_mark(self.reason)


def stretches_of(text: str, excerpt: Excerpt) -> Iterator[Stretch]:
    """Yield the runs of the text in their order."""
    reached = 0
    for first, last in excerpt.ranges or ((0, len(text)),):
        if reached < first:
            yield Stretch(reached, first, text[reached:first])
        reached = first
        for start, end, reason in excerpt.removals:
            if first <= start < last:
                if reached < start:
                    yield Stretch(reached, start, text[reached:start], is_shown=True)
                yield Stretch(start, end, text[start:end], reason=reason)
                reached = end
        if reached < last:
            yield Stretch(reached, last, text[reached:last], is_shown=True)
        reached = last
    if reached < len(text):
        yield Stretch(reached, len(text), text[reached:])


def keep(text: str, excerpt: Excerpt, start: int, end: int) -> Excerpt:
    """Show these words too; where all was shown, these alone."""
    kept = snap(text, *_selected(text, start, end))
    return _written(text, _joined([*excerpt.ranges, kept]), excerpt.removals)


def cut(text: str, excerpt: Excerpt, start: int, end: int) -> Excerpt:
    """Leave these words out."""
    gone = _selected(text, start, end)
    left = list(_without(excerpt.ranges or ((0, len(text)),), gone))
    return _written(text, [one for one in left if has_words(text[slice(*one)])], excerpt.removals)


def remove(text: str, excerpt: Excerpt, start: int, end: int, reason: str) -> Excerpt:
    """Remove these words for a reason that is shown, and with them those of removals that they touch."""
    start, end = _selected(text, start, end)
    touched = [one for one in excerpt.removals if one[0] < end and start < one[1]]
    start, end = min([start, *(one[0] for one in touched)]), max([end, *(one[1] for one in touched)])
    others = [one for one in excerpt.removals if one not in touched]
    return check_excerpt(text, excerpt.ranges, sorted([*others, (start, end, reason)]))


def put_back(text: str, excerpt: Excerpt, start: int, end: int) -> Excerpt:
    """Show these words again, whether they were left out or removed."""
    start, end = _selected(text, start, end)
    ranges = [*excerpt.ranges, snap(text, start, end)] if excerpt.ranges else [(0, len(text))]
    removals = [
        (*left, reason)
        for first, last, reason in excerpt.removals
        for left in _without([(first, last)], (start, end))
    ]
    return _written(text, _joined(ranges), removals)


def _selected(text: str, start: int, end: int) -> Range:
    """Return the whole words that were selected."""
    if not has_words(text[max(0, start) : max(0, end)]):
        raise ExcerptRefused(_("Select words in the text first."))
    return snap_to_words(text, start, end)


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Return the ranges in their order, those that overlap as one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(ranges: Iterable[Range], gone: Range) -> Iterator[Range]:
    first, last = gone
    for start, end in ranges:
        if start < first:
            yield start, min(end, first)
        if last < end:
            yield max(start, last), end


def _written(text: str, ranges: list[Range], removals: Iterable[Removal]) -> Excerpt:
    """Return the excerpt of these ranges, without losing a removal within them: it may be somebody's name."""
    if not ranges:
        raise ExcerptRefused(_("Nothing would be left of the comment."))
    clipped = [
        (max(start, first), min(end, last), reason)
        for first, last in ranges
        for start, end, reason in removals
        if has_words(text[max(start, first) : min(end, last)])
    ]
    return check_excerpt(text, ranges, clipped)
