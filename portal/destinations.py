"""Where a link leads, for readers whom its words tell something else.

`[banque.example](https://evil.example)` is a link that lies. Words are read here as a hurried eye reads
them: whatever looks like the name of a host is one, and unless it is the very host, that one is to be written
behind the words. In doubt it is: one host too many misleads nobody.
"""

import re
import unicodedata
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from django.utils.html import strip_tags

from portal import characters

NEAR = 100  # characters on each side of a link that may belong to the same word

# Full stops of other scripts, and digits that look like one; NFKC has made the others plain by then.
_DOTS = str.maketrans(dict.fromkeys("\u3002\ua4f8\u06d4\u0701\u0702\u0660\u06f0", "."))
_NOT_READ = str.maketrans("", "", "*\\")
_LOOSE_DOT = re.compile(r" \. ?(?=\w)|\. (?=[a-z]|[A-Z]{2})")  # "banque .example", but no sentence's end
_MANY_DOTS = re.compile(r"\.{2,}")
_HOST = re.compile(
    r"(?<![\w.-])\.?((?:[^\W_][\w-]*+\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,})\b|\d{1,3}(?:\.\d{1,3}){3}\b)"
)
# Alphabets whose letters are taken for Latin ones, and Latin letters that are not taken for others.
_LOOK_ALIKE_SCRIPTS = {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}
_LATIN_BY_THEMSELVES = set("æœøłđðþß")

LEADS_AWAY = re.compile(r"(?:https?:|mailto:|//)", re.IGNORECASE)  # and not to a page of ours
_RICH_LINK = re.compile(
    r'<a\b[^>]*?\bhref="(?P<address>(?:https?:|mailto:|//)[^"]*)"[^>]*>(?P<words>.*?)</a>',
    re.DOTALL | re.IGNORECASE,
)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|em|strong|span)\b[^>]*>")


def told_destination(words: str, address: str, *, before: str = "", after: str = "") -> str:
    """Return the host to write behind the words of a link, or nothing where they do not mislead.

    Behind the words of a `mailto:` link it is the mail address. `before` and `after` are what stands beside
    them without a space, for `banque.[example](…)` is read in one piece. A host that could be taken for
    another by its letters is told in ASCII, as browsers do.
    """
    named = _named_hosts(f"{_last_run(before)}{words}{_first_run(after)}")
    if not named:
        return ""
    target, host = _target_of(address)
    if {_comparable(name) for name in named} == {_comparable(host)}:
        is_whole = "@" not in target or target.casefold() in _as_read(words)
        if is_whole and not any(map(_looks_like_another, (*named, host))):
            return ""
    return target


def tell_destinations(html: str) -> str:
    """Write behind each link of a rich text that leads to another host than its words say where it leads."""
    return _RICH_LINK.sub(_with_destination, html)


def _with_destination(link: re.Match[str]) -> str:
    html, (start, end) = link.string, link.span()
    before = _INLINE_TAG.sub("", html[max(0, start - NEAR) : start]).rpartition(">")[2]
    after = _INLINE_TAG.sub("", html[end : end + NEAR]).partition("<")[0]
    told = told_destination(
        unescape(strip_tags(link["words"])),
        unescape(link["address"]),
        before=unescape(before),
        after=unescape(after),
    )
    return f"{link[0]} ({escape(told)})" if told else link[0]


def _as_read(words: str) -> str:
    """Return the words as they look: one kind of dot and of letter, nothing unseen, no percent signs."""
    plain = unicodedata.normalize("NFKC", unquote(words)).translate(_DOTS).translate(_NOT_READ)
    seen = "".join(sign for sign in plain if sign.isspace() or characters.is_visible(sign))
    joined = _LOOSE_DOT.sub(".", " ".join(seen.split()))
    return _MANY_DOTS.sub(" ", joined).casefold()


def _named_hosts(words: str) -> list[str]:
    return _HOST.findall(_as_read(words))


def _target_of(address: str) -> tuple[str, str]:
    """Return what is told of an address, and its host: both the same but for mail."""
    scheme, _colon, mailbox = address.partition(":")
    if scheme.casefold() == "mailto":
        mailbox = mailbox.partition("?")[0]
        return mailbox, mailbox.rpartition("@")[2]
    try:
        host = unquote(urlsplit(address).hostname or "")
    except ValueError:
        host = ""
    return (_in_ascii(host) or address), host


def _comparable(host: str) -> str:
    host = unicodedata.normalize("NFKC", host).translate(_DOTS).casefold().rstrip(".")
    return _in_ascii(host).removeprefix("www.")


def _in_ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # no host that could be asked for: told as it stands
        return host


def _looks_like_another(host: str) -> bool:
    return any(not sign.isascii() and _is_look_alike(sign) for sign in host)


def _is_look_alike(sign: str) -> bool:
    script = unicodedata.name(sign, "").partition(" ")[0]
    if script == "LATIN":
        return sign not in _LATIN_BY_THEMSELVES and not unicodedata.normalize("NFKD", sign)[0].isascii()
    return script in _LOOK_ALIKE_SCRIPTS


def _last_run(text: str) -> str:
    return "" if text[-1:].isspace() or not text else text[-NEAR:].split()[-1]


def _first_run(text: str) -> str:
    return "" if text[:1].isspace() or not text else text[:NEAR].split()[0]
