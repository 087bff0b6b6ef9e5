"""The addresses that visitors write: which may be linked, and where one ends in a sentence."""

import re
from urllib.parse import urlsplit

from portal import characters

MAX_ADDRESS = 2_000  # characters, what every browser takes

# The schemes in ASCII alone: a long s must not make httpſ:// pass for https://.
BARE_ADDRESS = re.compile(r"(?ai:https?)://[^\s<>\"`{}|\\^\[\]«»]{1,2001}+")
_WEB_ADDRESS = re.compile(r"(?ai:https?)://[^\s/?#@\\]++(?:[/?#][^\s\\]*+)?")
_MAIL_ADDRESS = re.compile(r"(?ai:mailto):[^\s@?&#<>\"\\:]++@[^\s@?&#<>\"\\:]++")
_LABEL_LIKE_ADDRESS = re.compile(r":/|www\.", re.IGNORECASE)
_MARKERS = str.maketrans("", "", "*\\")
_CLOSERS = {")": "(", "]": "["}
_TRAILING = ".,;:!?'\"*_~’”…)]"


def is_safe(address: str) -> bool:
    """Whether the address may be linked to: http, https or mailto, and no name before an @ in the host."""
    if len(address) > MAX_ADDRESS:
        return False
    if _MAIL_ADDRESS.fullmatch(address):
        return True
    if not _WEB_ADDRESS.fullmatch(address):
        return False
    try:
        return any(map(str.isalnum, urlsplit(address).hostname or ""))
    except ValueError:  # brackets that hold no network address
        return False


def is_honest_link(label: str, address: str) -> bool:
    """Whether the address is safe, and the label, where it looks like an address, is that address."""
    if not any(map(characters.is_visible, label)) or not is_safe(address):
        return False
    return not _LABEL_LIKE_ADDRESS.search(label.translate(_MARKERS)) or label.strip() == address


def without_trailing_punctuation(address: str) -> str:
    """Cut what belongs to the sentence; a closing parenthesis stays where the address opened it."""
    end = len(address)
    balance = {closer: address.count(closer) - address.count(opener) for closer, opener in _CLOSERS.items()}
    while end and address[end - 1] in _TRAILING:
        last = address[end - 1]
        if last in _CLOSERS:
            if balance[last] <= 0:
                break
            balance[last] -= 1
        end -= 1
    return address[:end]
