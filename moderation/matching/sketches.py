"""Sketches: a few numbers by which two texts that are nearly the same are known as such.

The digests of all runs of three words (*shingles*) are made, and the sixteen least of them kept. Of two
texts, the share that their sketches have in common estimates how much of them is the same (Broder, 1997, “On
the resemblance and containment of documents”). No word can be read from a sketch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

from moderation.matching.folding import Word

RUN = 3  # words
KEPT = 16
FEWEST_WORDS = 8  # a shorter text is like many others by chance: thanks, greetings
BITS = 63  # what a database's integer holds, without its sign


@dataclass(frozen=True)
class Sketch:
    """A text as numbers: the digest of all its words, and the least of its shingles, in their order."""

    digest: int
    least: tuple[int, ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """The least one or two, by which texts that may be alike are found."""
        return self.least[:2]

    def likeness(self, least: Sequence[int]) -> float:
        """Return how much of two texts is the same, from 0 to 1, estimated by their least shingles."""
        together = set(nsmallest(KEPT, {*self.least, *least}))
        return len(together & set(self.least) & set(least)) / len(together) if together else 0.0


def sketch_of(words: Sequence[Word]) -> Sketch | None:
    """Return the sketch of a text; None where it is too short to be like another."""
    if len(words) < FEWEST_WORDS:
        return None
    letters = [word.letters for word in words]
    whole = blake2b(" ".join(letters).encode(), digest_size=8).digest()
    runs = {crc32(" ".join(letters[place : place + RUN]).encode()) for place in range(len(letters) - RUN + 1)}
    return Sketch(int.from_bytes(whole) >> (64 - BITS), tuple(nsmallest(KEPT, runs)))
