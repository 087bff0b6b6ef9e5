"""Names as visitors give them: cleaned, and compared with the names of people who have an account."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from portal import characters

MAX_LENGTH = 80
MAX_READ = 1_000  # characters; nothing behind them can be part of a name
MANY_NAMES = 10_000  # whose shapes are remembered: everybody's here are compared with each guest's

# Compatibility forms of letters and digits that stand for the plain ones. Superscripts keep their meaning.
_PLAIN_FORMS = (
    "<font>",
    "<wide>",
    "<narrow>",
    "<compat>",
    "<initial>",
    "<medial>",
    "<final>",
    "<isolated>",
)

# What looks like a Latin letter, without accents, and the letter it looks like. Greek capitals have a table
# of their own, applied before case is folded: Η is an H, η an n, and a final sigma looks like a c.
_GREEK_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧς", "abezhikmnoptyxc")
_LOOK_ALIKES = str.maketrans(
    {
        # Cyrillic
        **dict(zip("авгезіјкмнопрстухшьѕԁԛԝһ", "abreeijkmhonpctyxwbsdqwh", strict=True)),
        # Greek
        **dict(zip("αβγεζηικμνορτυχωϲϳ", "abyeznikuvoptuxwcj", strict=True)),
        # Armenian and the phonetic alphabet
        **dict(zip("օոսցհɑɡɩɪʏʀɴʟ", "onughagiiyrni", strict=True)),
        # Latin letters that no accent makes
        **{
            "ø": "o",
            "đ": "d",
            "ħ": "h",
            "ı": "i",
            "ł": "i",
            "ŧ": "t",
            "æ": "ae",
            "œ": "oe",
            "ð": "d",
            "þ": "p",
        },
        # Digits and signs; l and i are one letter, for a capital I and a small l are one shape
        **dict(zip("013457$@|!l", "oieastsaiii", strict=True)),
    }
)
_PAIRS = (("rn", "m"), ("vv", "w"))

# Behind these stands an affiliation, not the name: "Jane Doe — Acme", "Jane Doe (Acme)".
_AFFILIATION = re.compile(r"\s+[-–—|·•/]+\s|[,;:([{<«—|•]")


def clean_name(name: str) -> str:
    """Return the name on one line, in NFC, without unseen characters, at most 80 characters long.

    Letters in fancy or full-width forms become plain ones; accents stay. A name that shows nothing comes
    back empty. Doing it twice changes nothing.
    """
    composed = characters.compose(characters.with_unix_lines(name[:MAX_READ]))
    folded = unicodedata.normalize("NFC", "".join(map(_as_plain_form, composed)))
    cut = _cut(" ".join(folded.split()))
    return cut if any(map(characters.is_visible, cut)) else ""


def skeleton(name: str) -> str:
    """Return what is left of the name when everything is folded that a hurried eye takes for the same.

    Case, accents, spaces, punctuation, and the look-alikes of other alphabets. Only for comparison.
    """
    apart = unicodedata.normalize("NFKD", clean_name(name))
    compatible = apart.translate(_GREEK_CAPITALS).casefold()
    letters = (sign for sign in compatible if not unicodedata.category(sign).startswith("M"))
    folded = "".join(sign for sign in "".join(letters).translate(_LOOK_ALIKES) if sign.isalnum())
    for pair, single in _PAIRS:
        folded = folded.replace(pair, single)
    return folded


def is_confusable_with(name: str, others: Iterable[str]) -> bool:
    """Whether the name could be taken for one of the others, whatever its word order or affiliation."""
    shapes = _shapes(name)
    return any(not shapes.isdisjoint(_shapes(other)) for other in others)


@lru_cache(MANY_NAMES)
def _shapes(name: str) -> frozenset[str]:
    without_affiliation = _AFFILIATION.split(name.strip(), maxsplit=1)[0]
    shapes = {
        shape for part in (name, without_affiliation) for shape in (skeleton(part), _in_any_order(part))
    }
    return frozenset(shapes - {""})


def _in_any_order(name: str) -> str:
    return "".join(sorted(map(skeleton, clean_name(name).split())))


def _as_plain_form(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign)[0] not in "LN":
        return sign
    if not unicodedata.decomposition(sign).startswith(_PLAIN_FORMS):
        return sign
    return unicodedata.normalize("NFKC", sign)


def _cut(name: str) -> str:
    end = min(len(name), MAX_LENGTH)
    while 0 < end < len(name) and (characters.is_mark(name[end]) or name[end] in characters.JOINERS):
        end -= 1  # never between a letter and its accents
    return name[:end].rstrip(characters.JOINERS + " ")
