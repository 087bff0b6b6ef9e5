"""The rules about the language of the admin: whose words a screen shows, and which of them are foreign.

HTML in, words out. What people have typed is in whatever language they speak, and is left out.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import wagtail
import wagtail_modeladmin
from babel.messages.mofile import read_mo
from bs4 import BeautifulSoup, Comment
from django.conf import settings

LIBRARIES = [Path(library.__file__).parent for library in (wagtail, wagtail_modeladmin)]
SPOKEN_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "content")
# Words without which hardly a sentence is made, and which the other language does not have.
COMMON = {
    "en": re.compile(
        r"\b(?:the|of|is|this|you|your|are|from|by|with|been|that|have|was|for|and|to|can|not|be|it|or"
        r"|None|object)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:le|la|les|des|du|un|une|et|est|ce|cette|vous|votre|vos|pas|pour|dans|avec|qui|que|aux|sont"
        r"|ou|par|en|de|sur)\b|[àâçèêëîïôûùœ]|é",
        re.IGNORECASE,
    ),
}
ADDRESS = re.compile(r"(?:\bhttps?:/|(?<!\w)/\w)\S*")
IN_JSON = re.compile(r'"(?:[^"\\]|\\.)*"')
# What a script shows begins with a capital letter, or is more than one word; the rest is names of its own.
SHOWN_BY_SCRIPT = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ’']|\S+ \S")


@dataclass(frozen=True)
class Catalogue:
    """What is said in English, and what in French, where the two differ; folded."""

    english: frozenset[str]
    french: frozenset[str]

    def of(self, language: str) -> frozenset[str]:
        return self.english if language == "en" else self.french


def words_of(html: str) -> Iterator[str]:
    """Yield what a screen says: its text, what is read aloud, and what its scripts are given to show."""
    soup = BeautifulSoup(html, "lxml")
    # What says of itself in which language it is, is shown as readers see it.
    for part in soup.find_all(lambda element: element.name != "html" and element.get("lang")):
        part.decompose()
    for string in soup.find_all(string=True):
        if isinstance(string, Comment) or string.find_parent(hidden=True):
            continue
        if string.parent.name == "script" and string.parent.get("type") == "application/json":
            yield from _words_for_script(string)
        elif string.parent.name not in ("script", "style"):
            yield " ".join(string.split())
    for element in soup.find_all(True):
        yield from (element[name] for name in SPOKEN_ATTRIBUTES if element.get(name))


def _words_for_script(source: str) -> Iterator[str]:
    for quoted in IN_JSON.findall(source):
        said = json.loads(quoted)
        if "<" in said:
            yield from words_of(said)
        elif SHOWN_BY_SCRIPT.match(said):
            yield said


def foreign_words(words: Iterable[str], language: str, typed: Iterable[str]) -> set[str]:
    """Return those that are of the other language, but for what people have typed."""
    other = "fr" if language == "en" else "en"
    mine = _alternatives(tuple(sorted(set(filter(None, typed)), key=len, reverse=True)))
    left = {" ".join(mine.sub(" ", ADDRESS.sub(" ", said)).split()) for said in set(words)}
    return {said for said in left if COMMON[other].search(said) or said.casefold() in catalogue().of(other)}


@cache
def catalogue() -> Catalogue:
    """Return what the catalogues of the libraries and our own say in one language and not in the other."""
    english, french = set(), set()
    for path in [*(path for library in LIBRARIES for path in library.rglob("fr/*/django.mo")), OURS]:
        with path.open("rb") as file:
            for message in read_mo(file):
                english |= _folded(message.id)
                french |= _folded(message.string)
    return Catalogue(frozenset(english - french), frozenset(french - english))


OURS = settings.BASE_DIR / "locale/fr/LC_MESSAGES/django.mo"


def _folded(words: str | list[str] | tuple[str, ...]) -> set[str]:
    each = [words] if isinstance(words, str) else words
    return {word.strip().casefold() for word in each if word.strip()}


@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")
