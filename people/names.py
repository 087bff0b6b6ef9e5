"""Names as visitors give them: cleaned, and compared with what they could be taken for here."""

import re
import string
import unicodedata
from collections.abc import Iterable
from itertools import chain, combinations

from portal import characters

MAX_LENGTH = 80
MAX_READ = 1_000  # characters; nothing behind them can be part of a name

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
        **dict(zip("օոսցհɑɡɩ", "onughagi", strict=True)),
        # Cherokee, Lisu, and the syllables of Inuktitut and Cree
        **dict(zip("ᎠᎡᎢᎪᎫᎬᎳᎷᎻᏀᏃᏎᏒᏚᏢᏟᏞᏦᏴᏩᏆᏙᏔ", "drtajewmhgzarspcikbgivw", strict=True)),
        **dict(zip("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpdtgkjczfmnisrvhwxyaeiou", strict=True)),
        **dict(zip("ᑌᑎᑕᑭᑲᒍᒪᐯᖇᗪᗞᗷᗰᗩᔕᕼᗯᖴᗴ", "uncpbjivrddbmashwfe", strict=True)),
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
# Letters in black circles and squares, and those of which flags are made: they have no compatibility form.
_ENCLOSED = {
    first + place: letter
    for first in (0x1F150, 0x1F170, 0x1F1E6)
    for place, letter in enumerate(string.ascii_lowercase)
}
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")
# Scripts of which some letters look Latin; within one word they are mixed by those who disguise it.
_LIKE_LATIN = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU", "CANADIAN"})
# What a program of mail reads as other letters (RFC 2047), and where it begins.
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)
_ENCODED_START = re.compile(r"=+(?=\?)")
_BETWEEN_WORDS = re.compile(r"(?:[^\w$@|!]|_)+")
_TRIMMINGS = string.digits + "$@|! "  # around a name they change nothing, and within it they may be letters
# Whoever has one of these beside their name speaks with authority.
OFFICES = (
    *("admin", "administrator", "administrateur", "administratrice", "webmaster", "webmestre"),
    *("moderator", "moderation", "modérateur", "modératrice", "modération"),
    *("official", "officiel", "officielle", "staff", "support"),
)

# Behind these stands an affiliation, not the name: "Jane Doe — Acme", "Jane Doe (Acme)".
_AFFILIATION = re.compile(r"\s+[-–—|·•/]+\s|[,;:([{<«—|•]")


def clean_name(name: str) -> str:
    """Return the name on one line, in NFC, without unseen characters, at most 80 characters long.

    Letters in fancy or full-width forms and small capitals become plain ones; accents stay. No program of
    mail reads other letters in it. A name that shows nothing comes back empty. Doing it twice changes
    nothing.
    """
    composed = characters.compose(characters.with_unix_lines(name[:MAX_READ]))
    composed = _ENCODED_START.sub("", composed)
    folded = unicodedata.normalize("NFC", "".join(map(_as_plain_form, composed)))
    cut = _cut(" ".join(folded.split()))
    return cut if any(map(characters.is_visible, cut)) else ""


def skeleton(name: str) -> str:
    """Return what is left of the name when everything is folded that a hurried eye takes for the same.

    Case, accents, spaces, punctuation, and the look-alikes of other alphabets. Only for comparison.
    """
    return _without_pairs(_letters(name))


def look_alike(sign: str) -> str:
    """Return the plain letters or digits for which one character is taken; empty where it is none."""
    return _plain_letters(_as_plain_form(sign))


def _letters(name: str) -> str:
    return _plain_letters(clean_name(name))


def _plain_letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    compatible = apart.translate(_GREEK_CAPITALS).casefold()
    letters = (sign for sign in compatible if not unicodedata.category(sign).startswith("M"))
    return "".join(sign for sign in "".join(letters).translate(_LOOK_ALIKES) if sign.isalnum())


def _without_pairs(letters: str) -> str:
    for pair, single in _PAIRS:
        letters = letters.replace(pair, single)
    return letters


# A name folded for comparison, and whether it is found among other words of a visitor's name too; else it is
# compared with the whole of it. A visitor's name passes for one of ours where they share a shape: what the
# database keeps of ours (`people.models.NameShape`) is found by equality alone.
Shape = tuple[str, bool]


def could_be_taken_for(
    typed: str, *, people: Iterable[str], organisation: Iterable[str], roles: Iterable[str]
) -> bool:
    """Whether a visitor's name would pass for one of these, or is a disguise whatever it hides.

    People are compared whole. The names of the organisation, offices, and roles of several words are found
    among other words too; a role of one word is compared whole, for it may be somebody's surname.
    """
    if is_disguise(typed):
        return True
    ours = {
        *chain.from_iterable(map(shapes_of_person, people)),
        *chain.from_iterable(map(shapes_of_role, roles)),
        *((skeleton(phrase), True) for phrase in (*organisation, *OFFICES)),
    }
    return not shapes_of_visitor(typed).isdisjoint(ours)


def is_disguise(typed: str) -> bool:
    """Whether a name hides something, whatever it may be."""
    return bool(_ENCODED_WORD.search(typed)) or mixes_scripts(typed)


def shapes_of_person(name: str) -> frozenset[Shape]:
    """Return the shapes by which somebody of ours is known, in any order of the words of their name."""
    return frozenset((shape, False) for shape in _shapes(name))


def shapes_of_role(role: str) -> frozenset[Shape]:
    """Return the shapes of a role or a group."""
    shape = skeleton(role)
    among_words = {True} if len(role.split()) > 1 else set()
    return frozenset((shape, is_phrase) for is_phrase in {False, *among_words} if shape)


def shapes_of_visitor(typed: str) -> frozenset[Shape]:
    """Return every shape of ours for which a visitor's name is taken: mostly tens, at most thousands."""
    return frozenset({*((shape, False) for shape in _shapes(typed)), *((run, True) for run in _runs(typed))})


def mixes_scripts(name: str) -> bool:
    """Whether a word that can be read as Latin is made of letters of several scripts."""
    return any(
        len(_LIKE_LATIN & set(map(_script, word))) > 1 and _letters(word).isascii()
        for word in re.split(r"[\W\d_]+", clean_name(name))
    )


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def is_confusable_with(name: str, others: Iterable[str]) -> bool:
    """Whether the name could be taken for one of the others, whatever its word order or affiliation."""
    shapes = _shapes(name)
    return any(not shapes.isdisjoint(_shapes(other)) for other in others)


def _shapes(name: str) -> frozenset[str]:
    without_affiliation = _AFFILIATION.split(name.strip(), maxsplit=1)[0]
    parts = (name, without_affiliation, name.strip(_TRIMMINGS), name.translate(_ENCLOSED))
    shapes = {shape for part in parts for shape in (skeleton(part), _in_any_order(part))}
    return frozenset(shapes - {""})


def _runs(name: str) -> frozenset[str]:
    """Return the skeletons of all runs of words in a name, however its words are told apart."""
    runs: set[str] = set()
    for reading in (name, name.translate(_ENCLOSED)):
        cleaned = unicodedata.normalize("NFKC", clean_name(reading))
        trimmed = [word.strip(_TRIMMINGS) for word in _BETWEEN_WORDS.split(_with_capitals_apart(cleaned))]
        for words in (_BETWEEN_WORDS.split(cleaned), trimmed):
            letters = list(filter(None, map(_letters, words)))
            for first, last in combinations(range(len(letters) + 1), 2):
                runs.add(_without_pairs("".join(letters[first:last])))
    return frozenset(runs)


def _with_capitals_apart(name: str) -> str:
    before = zip(" " + name, name, strict=False)
    return "".join(f" {sign}" if last.islower() and sign.isupper() else sign for last, sign in before)


def _in_any_order(name: str) -> str:
    return "".join(sorted(map(skeleton, clean_name(name).split())))


def _as_plain_form(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign)[0] not in "LN":
        return sign
    if small := _SMALL_CAPITAL.fullmatch(unicodedata.name(sign, "")):
        return small[1]
    if not unicodedata.decomposition(sign).startswith(_PLAIN_FORMS):
        return sign
    return unicodedata.normalize("NFKC", sign)


def _cut(name: str) -> str:
    end = min(len(name), MAX_LENGTH)
    while 0 < end < len(name) and (characters.is_mark(name[end]) or name[end] in characters.JOINERS):
        end -= 1  # never between a letter and its accents
    return name[:end].rstrip(characters.JOINERS + " ")
