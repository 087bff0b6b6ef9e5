"""Signals: what a rule noticed in a comment, how much it weighs, and where in the text it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from moderation.matching.folding import Span

ENOUGH = 50  # to hold a comment, whatever the section's policy would do with it
MOST = 100


@dataclass(frozen=True)
class Signal:
    """What a rule noticed, by its name: how much it weighs, from 0 to 100, and the spans that it noticed.

    `about` goes into the sentence of that name: how many, or which word. Signals add up (`risk_of`).
    """

    name: str
    score: int
    spans: tuple[Span, ...] = ()
    about: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the signal as the log of decisions keeps it."""
        return {
            "name": self.name,
            "score": self.score,
            "spans": [list(span) for span in self.spans],
            "about": self.about,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return a signal as it was kept."""
        spans = tuple((start, end) for start, end in kept["spans"])
        return cls(kept["name"], kept["score"], spans, kept["about"])


def risk_of(signals: Iterable[Signal]) -> int:
    """Return the risk of a comment, from 0 to 100: what its signals weigh together."""
    return max(0, min(MOST, sum(signal.score for signal in signals)))


def as_json(signals: Iterable[Signal]) -> list[dict[str, Any]]:
    """Return signals as the log of decisions keeps them."""
    return [signal.as_json() for signal in signals]


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether a rule noticed it."""

    text: str
    is_marked: bool


def pieces_of(text: str, signals: Iterable[Signal]) -> list[Piece]:
    """Return the text in pieces, so that what the rules noticed can be marked."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(span for signal in signals for span in signal.spans):
        start = max(start, at)
        if start >= min(end, len(text)):
            continue
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = min(end, len(text))
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]
