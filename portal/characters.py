"""Which characters may stand in what visitors type, whatever they type it into.

Every function here is linear in the length of its input.
"""

import re
import unicodedata

MARKS_PER_BASE = 3  # enough for Vietnamese, Hebrew and Tibetan; not enough to climb over one's neighbours

JOINERS = "\u200c\u200d"  # they hold emoji and the words of several scripts together
# Signs that Unicode counts among the format characters although they are seen.
SEEN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
# Letters, marks and symbols without a shape: fillers, invisible vowels, the grapheme joiner, the object sign.
SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc")
BLANK_BRAILLE = "\u2800"
DIRECTION_MARKS = "\u061c\u200e\u200f"  # unseen; they say which way the signs beside them run
FIRST_JOINED_SCRIPT = "\u0590"  # Hebrew: Latin, Greek and Cyrillic, which come before, need no joiner

# Western European letters and typography, of which most texts consist: nothing to compose or to take out.
_NOTHING_TO_DO = re.compile("[\n\t -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205e\u20ac]*+")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_DIRECTION_MARKS = re.compile(
    f"(?:(?<![{JOINERS}])[{JOINERS}]++)?[{DIRECTION_MARKS}][{JOINERS}{DIRECTION_MARKS}]*"
)
_NO_DIRECTION_MARKS = dict.fromkeys(map(ord, DIRECTION_MARKS))
_BREAKING_SPACE = re.compile("[^\\S\xa0\u2007\u202f]+")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


def with_unix_lines(text: str) -> str:
    """Return the text with every kind of line end turned into a line feed."""
    return _LINE_ENDS.sub("\n", text)


def without_surrogates(text: str) -> str:
    """Join halves of a character that belong together; replace those left alone by U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def compose(text: str, *, keep_direction_marks: bool = False) -> str:
    """Return the text in NFC, without what is unseen and with at most three marks on a letter.

    What goes: controls (but the line feed and the tab), format characters, among them all that change the
    direction of writing, and joiners where they join nothing. NUL goes too; forms refuse it before.
    Where they are asked for, the three marks of direction stay beside what they move: in a line with
    right-to-left letters, between words, one at a time. Doing it twice changes nothing.
    """
    if _NOTHING_TO_DO.fullmatch(text):
        return text
    signs = _seen(without_surrogates(text))
    if keep_direction_marks:
        signs = _with_useful_direction_marks(signs)
    else:
        signs = [sign for sign in signs if sign not in DIRECTION_MARKS]
    signs = _without_loose_joiners(_without_piled_marks(signs))
    return unicodedata.normalize("NFC", "".join(signs))


def has_right_to_left(text: str) -> bool:
    """Whether a letter of Hebrew, Arabic or another script that runs from the right stands in the text."""
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in _RIGHT_TO_LEFT.findall(text))


def is_visible(sign: str) -> bool:
    """Whether the character leaves ink of its own on the page."""
    return (
        unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs", "Zl", "Zp"}
        and sign not in SHAPELESS
        and sign != BLANK_BRAILLE
    )


def is_mark(sign: str) -> bool:
    """Whether the character is drawn over or under the one before it."""
    return sign > "\u02ff" and unicodedata.category(sign) in {"Mn", "Me"}


def on_one_line(text: str) -> str:
    """Return the text on one line, with single spaces; a no-break space stays: « and 5 h 30 need theirs."""
    return _BREAKING_SPACE.sub(" ", text).strip()


def cut_at_word(words: str, length: int) -> str:
    """Return the text on one line, cut between two words if it can: at most `length` with the ellipsis."""
    words = on_one_line(words)
    if len(words) <= length:
        return words
    end = max(length - 1, 0)
    space = words.rfind(" ", 0, end + 1)
    if space > end // 2:
        return words[:space].rstrip(" ,;:.–—-") + "…"
    while end and (is_mark(words[end]) or words[end] in JOINERS):
        end -= 1  # never between a letter and what is joined to it
    return words[:end].rstrip(JOINERS) + "…"


def _seen(text: str) -> list[str]:
    # Each character is composed alone first: those that NFC takes apart must not add marks afterwards.
    return [part for sign in text for part in unicodedata.normalize("NFC", sign) if _belongs(part)]


def _belongs(sign: str) -> bool:
    if sign in "\n\t" or sign in JOINERS or sign in DIRECTION_MARKS or sign in SEEN_FORMATS:
        return True
    if sign in SHAPELESS or _is_noncharacter(sign):
        return False
    return unicodedata.category(sign) not in {"Cc", "Cf"}


def _is_noncharacter(sign: str) -> bool:
    code = ord(sign)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _with_useful_direction_marks(signs: list[str]) -> list[str]:
    lines = "".join(signs).split("\n")
    return list("\n".join(map(_with_useful_marks_in, lines)))


def _with_useful_marks_in(line: str) -> str:
    if not has_right_to_left(line):  # there a mark could only turn numbers about
        return line.translate(_NO_DIRECTION_MARKS)
    return _DIRECTION_MARKS.sub(_useful_mark, line)


def _useful_mark(run: re.Match[str]) -> str:
    start, end = run.span()
    before, after = run.string[max(start - 1, 0) : start], run.string[end : end + 1]
    is_in_word = _is_of_word(before) and _is_of_word(after)
    # Beside an asterisk it would hide where emphasis ends; under an accent it would take the letter's place.
    is_in_the_way = "*" in {before, after} or (after != "" and is_mark(after))
    if is_in_word or is_in_the_way:
        return run[0].translate(_NO_DIRECTION_MARKS)
    return next(sign for sign in run[0] if sign in DIRECTION_MARKS)


def _is_of_word(sign: str) -> bool:
    return sign != "" and (sign.isalnum() or sign in JOINERS or unicodedata.category(sign)[0] == "M")


def _without_piled_marks(signs: list[str]) -> list[str]:
    kept, marks = [], 0
    for sign in signs:
        if is_mark(sign):
            marks += 1
        elif sign not in JOINERS:  # a joiner between marks does not start a new pile
            marks = 0
        if marks <= MARKS_PER_BASE or sign in JOINERS:
            kept.append(sign)
    return kept


def _without_loose_joiners(signs: list[str]) -> list[str]:
    kept: list[str] = []
    base = ""  # that the marks before a joiner stand on: their own order is NFC's to change
    for sign, following in zip(signs, [*signs[1:], ""], strict=False):
        if sign in JOINERS:
            is_after_joiner = bool(kept) and kept[-1] in JOINERS
            if is_after_joiner or not (_can_be_joined(base) and _can_be_joined(following)):
                continue
        elif unicodedata.category(sign)[0] != "M":
            base = sign
        kept.append(sign)
    return kept


def _can_be_joined(sign: str) -> bool:
    if sign == "" or sign in JOINERS:
        return False
    category = unicodedata.category(sign)
    return category[0] == "M" or (
        sign >= FIRST_JOINED_SCRIPT and category in {"Lo", "Lm", "So", "Sm", "Sk", "Cn"}
    )
