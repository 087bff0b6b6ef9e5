"""The words of a text as a hurried eye reads them, and where each stands.

Case, accents and look-alikes of other alphabets are folded away, as for names (`people.names`): “Ｖ1agrа”
and “viagra” are one word. Letters that are set apart (“v.i.a.g.r.a”) are read together as well. What this
takes grows with the length of the text and with nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from people.names import look_alike

Span = tuple[int, int]  # from here to before there, in characters of the text as it was typed

SIGNS = "@$!|"  # inside of a word they stand for letters; so may the first two at its ends
_RUN = re.compile(rf"[\w{re.escape(SIGNS)}]+")
SPELLED_OUT = 3  # so many single letters in a row are a word
GAP = 3  # characters at most between letters that are read together


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its folded form, and where it stands in the text; `other` is how it may be read as well."""

    letters: str
    start: int
    end: int
    other: str = ""

    @property
    def readings(self) -> tuple[str, ...]:
        return (self.letters, self.other) if self.other else (self.letters,)


class _LookAlikes(dict[int, str]):
    """What `str.translate` asks for each character, worked out when it is first met; there are a million."""

    def __missing__(self, code: int) -> str:
        self[code] = letters = look_alike(chr(code))
        return letters


_LOOK_ALIKES = _LookAlikes()


def fold(text: str) -> str:
    """Return the letters and digits of `text` as a hurried eye reads them, without what is between them."""
    return text.translate(_LOOK_ALIKES)


def words_of(text: str) -> list[Word]:
    """Return the words of `text`, in order."""
    return [word for found in _RUN.finditer(text) if (word := _word(text, *found.span()))]


def readings_of(words: list[Word]) -> Iterator[list[Word]]:
    """Yield the words as they stand and, where letters are set apart, once more with these joined."""
    yield words
    joined = list(_joined(words))
    if len(joined) < len(words):
        yield joined


def _word(text: str, start: int, end: int) -> Word | None:
    start, end = _trimmed(text, start, end, "!|")
    inner = _trimmed(text, start, end, SIGNS)
    letters = fold(text[slice(*inner)])
    if not letters:
        return None
    return Word(letters, start, end, "" if inner == (start, end) else fold(text[start:end]))


def _trimmed(text: str, start: int, end: int, signs: str) -> Span:
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return start, end


def _joined(words: list[Word]) -> Iterator[Word]:
    run: list[Word] = []
    for word in words:
        is_letter = word.end - word.start == 1
        if run and not (is_letter and word.start - run[-1].end <= GAP):
            yield from _as_word(run)
            run = []
        if is_letter:
            run.append(word)
        else:
            yield word
    yield from _as_word(run)


def _as_word(run: list[Word]) -> list[Word]:
    if len(run) < SPELLED_OUT:
        return run
    return [Word("".join(word.letters for word in run), run[0].start, run[-1].end)]
