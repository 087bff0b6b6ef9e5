"""Terms that a site looks out for, found in a text in a time that grows with its length alone.

A term is one word or several; a star at its end stands for any ending (“casino*”), at the beginning of a
single word for any beginning (“*coin”).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from moderation.matching.folding import Span, Word, readings_of, words_of

STAR = "*"


@dataclass(frozen=True)
class Pattern:
    """A term as it is compared: its words in folded form, and whether its first or last word goes on."""

    words: tuple[str, ...]
    is_open_before: bool = False
    is_open_after: bool = False

    @classmethod
    def of(cls, term: str) -> "Pattern | None":
        """Return the pattern of a term as somebody typed it; None where no letter or digit stands in it."""
        bare = term.strip()
        words = tuple(word.readings[-1] for word in words_of(bare.strip(STAR)))
        if not words:
            return None
        return cls(words, bare.startswith(STAR) and len(words) == 1, bare.endswith(STAR))


@dataclass
class TermIndex[T]:
    """Terms, by what they begin with; `find` says which stand in a text, and where."""

    _exact: dict[str, list[tuple[Pattern, T]]] = field(default_factory=lambda: defaultdict(list))
    _open: dict[tuple[bool, int], dict[str, list[T]]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, terms: Iterable[tuple[str, T]]) -> "TermIndex[T]":
        """Return the index of terms, each with what is to be returned where it is found."""
        index = cls()
        for term, value in terms:
            if pattern := Pattern.of(term):
                index._add(pattern, value)
        return index

    def _add(self, pattern: Pattern, value: T) -> None:
        first = pattern.words[0]
        ends = [pattern.is_open_before] * pattern.is_open_before + [False] * pattern.is_open_after
        if len(pattern.words) > 1 or not ends:
            self._exact[first].append((pattern, value))
            return
        for is_ending in ends:
            self._open[is_ending, len(first)].setdefault(first, []).append(value)

    def find(self, words: list[Word]) -> Iterator[tuple[T, Span]]:
        """Yield what is found in the words of a text, each with its span; the same span perhaps twice."""
        for reading in readings_of(words):
            for place, word in enumerate(reading):
                for value in self._of_one(word):
                    yield value, (word.start, word.end)
                for letters in word.readings:
                    for pattern, value in self._exact.get(letters, ()):
                        run = reading[place : place + len(pattern.words)]
                        if _is(pattern, run):
                            yield value, (run[0].start, run[-1].end)

    def _of_one(self, word: Word) -> Iterator[T]:
        """Yield the terms with a star that a word begins or ends with: one look for each of their lengths."""
        for (is_ending, length), known in self._open.items():
            if length <= len(word.letters):
                part = word.letters[-length:] if is_ending else word.letters[:length]
                yield from known.get(part, ())


def _is(pattern: Pattern, run: Sequence[Word]) -> bool:
    if len(run) != len(pattern.words):
        return False
    *first, (last, wanted) = zip(run, pattern.words, strict=True)
    if any(letters not in word.readings for word, letters in first):
        return False
    return wanted in last.readings or (pattern.is_open_after and last.letters.startswith(wanted))
