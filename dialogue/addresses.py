"""The addresses that visitors write: which may be linked, and where one ends in a sentence."""

import re
from urllib.parse import urlsplit

from portal import characters

MAX_ADDRESS = 2_000  # characters, what every browser takes

# The schemes in ASCII alone: a long s must not make httpſ:// pass for https://.
# Brackets and bars may stand in an address, as browsers have it; a bar before the next one parts the two.
# Marks of direction may turn an address about (T29). Everything below is possessive (`++`), so that no sign
# is read twice (T39); 2001 is one sign more than `MAX_ADDRESS`, by which a longer one is known and refused.
_NEVER = rf"\s\\{characters.DIRECTION_MARKS}"
BARE_ADDRESS = re.compile(rf"(?ai:https?)://(?:[^{_NEVER}<>\"`|«»]|\|(?!(?ai:https?)://)){{1,2001}}+")
_WEB_ADDRESS = re.compile(rf"(?ai:https?)://[^{_NEVER}/?#@]++(?:[/?#][^{_NEVER}]*+)?")
_MAIL_ADDRESS = re.compile(rf"(?ai:mailto):[^{_NEVER}@?&#<>\":]++@[^{_NEVER}@?&#<>\":]++")
_LABEL_LIKE_ADDRESS = re.compile(r":/|www\.", re.IGNORECASE)
# Emphasis inside a label is not seen: it must not keep `w*w*w.` from looking like an address (T23).
_MARKERS = str.maketrans("", "", "*\\")
# Of the sentence, in any script that is read here. An underscore or a tilde is not: addresses end in them.
_TRAILING = ".,;:!?'\"*|^~_‘’“”…،؛؟。，、！？；：）」』】》"
_OF_THE_ADDRESS = "_~"
_CLOSED_BY = {"[": "]", "{": "}"}


def is_safe(address: str) -> bool:
    """Whether the address may be linked to: http, https or mailto, and no name before an @ in the host."""
    if len(address) > MAX_ADDRESS:
        return False
    if _MAIL_ADDRESS.fullmatch(address):
        return True
    if not _WEB_ADDRESS.fullmatch(address):
        return False
    try:
        # Of dots and hyphens alone there is no host.
        return any(map(str.isalnum, urlsplit(address).hostname or ""))
    except ValueError:  # brackets that hold no network address
        return False


def is_honest_link(label: str, address: str) -> bool:
    """Whether the address is safe, and the label, where it looks like an address, is that address."""
    if not any(map(characters.is_visible, label)) or not is_safe(address):
        return False
    return not _LABEL_LIKE_ADDRESS.search(label.translate(_MARKERS)) or label.strip() == address


def without_trailing_punctuation(address: str, before: str = "") -> str:
    """Cut what belongs to the sentence: marks at the end, and all from a bracket that was opened outside.

    A parenthesis inside the address may close what was opened outside, and is cut at the end alone. A sign
    that stands right `before` the address as well holds it, as in `_https://a.example_`.
    """
    end = _end_of_brackets(address)
    balance = address.count(")", 0, end) - address.count("(", 0, end)
    while end:
        last = address[end - 1]
        if last == ")" and balance > 0:
            balance -= 1
        elif last not in _TRAILING or (last in _OF_THE_ADDRESS and last != before):
            break
        end -= 1
    return address[:end]


def _end_of_brackets(address: str) -> int:
    """Return where a square bracket or a brace closes that the address did not open, or its end."""
    opened = {"]": 0, "}": 0}
    for place, sign in enumerate(address):
        if sign in "[{":
            opened[_CLOSED_BY[sign]] += 1
        elif sign in opened:
            if not opened[sign]:
                return place
            opened[sign] -= 1
    return len(address)
