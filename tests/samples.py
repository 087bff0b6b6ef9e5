"""How much a test looks at: a sample in `make test`, the whole in `make test-everything`."""

import os
from collections.abc import Iterable, Sequence

WHOLE = os.environ.get("PARLEY_TESTS") == "whole"


def so_many(sample: int, whole: int) -> int:
    """Return how many of a thing a test makes."""
    return whole if WHOLE else sample


def every[T](number: int, things: Iterable[T]) -> Sequence[T]:
    """Return every so-many-th of the things, the first among them, or all."""
    return list(things)[:: 1 if WHOLE else number]
