"""Words that say no, where an excerpt leaves them out of a sentence that it keeps otherwise."""

import re
from collections.abc import Iterator

from dialogue.excerpts import Excerpt, Range, kept_ranges

# French and English together: whoever writes in one quotes the other, and the language is not always known.
ALONE = frozenset(
    {
        *("ne", "pas", "jamais", "rien", "aucun", "aucune", "ni", "non", "sans", "nul", "nulle"),
        *("not", "never", "no", "none", "nobody", "nothing", "nor", "neither", "without", "cannot"),
    }
)
# They deny only beside “ne”: without it, somebody is a person, and more is more.
BESIDE_NE = frozenset({"plus", "personne", "guère", "point", "nullement"})
NE = frozenset({"ne", "n"})

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”\"’)]+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def dropped_negations(text: str, excerpt: Excerpt) -> list[str]:
    """Return the words that say no and are left out or removed from sentences of which the rest is shown.

    As they are written, in order, each once. None says nothing about the meaning: it is a warning to look.
    """
    kept = list(kept_ranges(text, excerpt))
    dropped: dict[str, None] = {}
    for start, end in _sentences(text):
        words = list(_WORD.finditer(text, start, end))
        shown = [_is_within(word.span(), kept) for word in words]
        if not any(shown):
            continue
        has_ne = any(_parts(word[0])[0] in NE for word in words)
        for word, is_shown in zip(words, shown, strict=True):
            if not is_shown and _denies(word[0], has_ne=has_ne):
                dropped.setdefault(word[0])
    return list(dropped)


def _sentences(text: str) -> Iterator[Range]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _is_within(word: Range, kept: list[Range]) -> bool:
    return any(start <= word[0] and word[1] <= end for start, end in kept)


def _parts(word: str) -> list[str]:
    return word.casefold().replace("’", "'").split("'")


def _denies(word: str, *, has_ne: bool) -> bool:
    parts = _parts(word)
    is_elided = len(parts) > 1 and parts[0] == "n"  # n’est
    is_contracted = len(parts) > 1 and parts[-1] == "t" and parts[-2].endswith("n")  # isn’t
    return (
        is_elided
        or is_contracted
        or any(part in ALONE for part in parts)
        or (has_ne and any(part in BESIDE_NE for part in parts))
    )
