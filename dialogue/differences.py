"""What changed from one version of a text to the next, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# All of a text falls into one of the three, so that the pieces put together are the text again.
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PAIRS = 160_000  # of words to compare; beyond, the middle is shown as replaced at once


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, was taken out, or was put in."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def differences(old: str, new: str) -> list[Piece]:
    """Return the pieces that, without what was added, are `old` and, without what was removed, `new`.

    Takes a short time whatever the texts are: what is very long and very different is not looked into.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    head = _count_same(before, after)
    tail = _count_same(before[head:][::-1], after[head:][::-1])
    middle_before, middle_after = before[head : len(before) - tail], after[head : len(after) - tail]
    pieces = [Piece("".join(before[:head])), *_compare(middle_before, middle_after)]
    pieces.append(Piece("".join(before[len(before) - tail :])))
    return [piece for piece in pieces if piece.text]


def _count_same(before: list[str], after: list[str]) -> int:
    """Return how many words the two begin with alike."""
    pairs = zip(before, after, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def _compare(before: list[str], after: list[str]) -> list[Piece]:
    if len(before) * len(after) > MOST_PAIRS:
        return _replaced(before, after)
    pieces: list[Piece] = []
    # `autojunk` off: from 200 words on it takes the most frequent ones for noise.
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(before[start:end])))
        else:
            pieces += _replaced(before[start:end], after[new_start:new_end])
    return pieces


def _replaced(before: list[str], after: list[str]) -> list[Piece]:
    pieces = [Piece("".join(before), is_removed=True), Piece("".join(after), is_added=True)]
    return [piece for piece in pieces if piece.text]
