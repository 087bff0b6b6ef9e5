"""Which texts that stay after an erasure still name somebody, for whoever answers their request.

Nothing is changed here: what editors and others wrote, they change. Names are found as a person would find
them: whole words, whatever their case and accents, the last name after the others or before them. Every text
of every table is searched that is not known to hold none, so that one which comes tomorrow is searched too.

It is for staff alone: people choose their names, and a count would tell them what stands in texts that they
may not read.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, TaskState, get_page_models
from wagtail.rich_text import get_text_for_indexing

from people.models import Participant, User
from portal.permissions import can_read_page
from portal.search import fold, runs_of
from portal.sorting import letters_of
from privacy.personal_data import Texts, personal_data

MOST_NAMES = 10  # of one person
LOOKED_AT = 200  # rows of a kind in which a word of the name was found; each is read to the end
SHOWN = 25  # of a kind
VERSIONS = 10_000  # of pages, the latest; SQLite reads them in some seconds
HOLDS_TEXT = {"CharField", "TextField", "JSONField", "FileField", "SlugField", "URLField", "EmailField"}
# Of a page: its place in the tree, and its address once more, with those above it.
REPEATED = {"path", "url_path", "draft_title", "translation_key"}
ESCAPED = r"\\+u[0-9a-f]{4}"  # a letter in JSON, or in JSON within JSON
MARKS = r"(?:[\u0300-\u036f]|\\+u03[0-6][0-9a-f])*"  # accents that stand by themselves
PAIRS = {"oe": "œŒ", "ae": "æÆ", "ss": "ßẞ"}


@dataclass
class Mention:
    """Something that names the person: where to look at it, and the places in it where the name stands."""

    title: str
    url: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mentions:
    """What was found among the texts of one kind."""

    kind: str
    named: list[Mention]
    others: int  # that the viewer may not open
    is_more: bool  # not all were looked at, or not all are shown


class Name:
    """What somebody is called, as it is looked for."""

    def __init__(self, name: str) -> None:
        words = letters_of(name).split()
        self.orders = {f" {' '.join(words)} ", f" {' '.join([*words[-1:], *words[:-1]])} "}
        # The longest word is mostly the rarest: the database looks for it alone, Python for the whole name.
        self.rarest_word = max(runs_of(name), key=len, default="")

    def is_in(self, letters: str) -> bool:
        return any(order in letters for order in self.orders)


class Search:
    """The names of one person, to be looked for in rows."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = [Name(name) for name in names]
        self.pattern = "|".join({pattern_of(name.rarest_word) for name in self.names})
        self.is_more = False

    def find(self, rows: QuerySet, fields: Iterable[str]) -> Iterator[tuple[Any, list[str]]]:
        """Yield the rows that name the person, each with the fields that do; the database looks first."""
        fields = list(fields)
        if not (fields and self.names):
            return
        # As text, whatever the column is: JSON and the names of files are looked through too.
        casts = {f"text_of_{name}": Cast(name, models.TextField()) for name in fields}
        any_of_them = Q(*((f"{cast}__iregex", self.pattern) for cast in casts), _connector=Q.OR)
        # One more than is looked at tells that there are more.
        found = rows.alias(**casts).filter(any_of_them).order_by("-pk")[: LOOKED_AT + 1]
        for number, row in enumerate(found):
            if number == LOOKED_AT:
                self.is_more = True
                return
            if places := [name for name in fields if self._is_named_in(getattr(row, name))]:
                yield row, places

    def _is_named_in(self, value: object) -> bool:
        letters = f" {letters_of(' '.join(strings_in(value)))} "
        return any(name.is_in(letters) for name in self.names)


def names_of(participant: Participant) -> list[str]:
    """Return what somebody is called here, and the addresses at which they are reached."""
    user = participant.user
    found = [
        participant.name,
        participant.address,
        *([user.display_name, user.get_full_name()] if user else []),
    ]
    found += [name for part in personal_data() for name in part.names(participant)]
    by_letters: dict[str, str] = {}
    for name in found:
        by_letters.setdefault(letters_of(name), name)
    return [name for letters, name in by_letters.items() if letters][:MOST_NAMES]


def find_mentions(participant: Participant, *, by: User) -> list[Mentions]:
    """Return, by kind, which texts that `by` may open name somebody, and how many others do."""
    names = names_of(participant)
    found = [_in_pages(Search(names), by)]
    for part in personal_data():
        for texts in part.texts(participant):
            found.append(_gather(Search(names), texts, by))
    for texts in _other_texts():
        found.append(_gather(Search(names), texts, by))
    return [mentions for mentions in found if mentions.named or mentions.others]


def pattern_of(word: str) -> str:
    """Return the expression by which a database finds a word, whatever accents it was written with."""
    for pair, signs in PAIRS.items():
        word = re.sub(f"[{signs}]", pair, word)
    return "".join(_spellings_of(part) for part in re.findall(f"{'|'.join(PAIRS)}|.", word))


def _spellings_of(part: str) -> str:
    if part in PAIRS:
        return f"(?:{''.join(map(_spellings_of, part))}|[{PAIRS[part]}]|{ESCAPED})"
    letter = fold(part)
    signs = re.escape(part + part.upper()) + (
        letter + _accented().get(letter, "") if len(letter) == 1 else ""
    )
    return f"(?:[{signs}]{MARKS}|{ESCAPED})"


@cache
def _accented() -> dict[str, str]:
    """Return the Latin letters with accents, by the letter that they are without."""
    found: dict[str, str] = defaultdict(str)
    for sign in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))):
        if len(letter := fold(sign)) == 1:
            found[letter] += sign
    return found


def strings_in(value: object) -> Iterator[str]:
    """Yield the words of a field as readers have them: without markup, and whatever they are packed in."""
    if hasattr(value, "raw_data"):  # of a StreamField
        value = list(value.raw_data)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from strings_in(each)
    elif value is not None and not isinstance(value, int | float):
        text = str(value)
        packed = _unpack(text)
        if packed is not None:
            yield from strings_in(packed)
        else:
            yield get_text_for_indexing(text) if "<" in text else text


def _unpack(text: str) -> list | dict | None:
    """Return what a text holds that is JSON, as a revision holds the body of its page."""
    if text[:1] not in ("[", "{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _text_fields(model: type[models.Model]) -> list[str]:
    return [
        each.name
        for each in model._meta.concrete_fields
        if each.get_internal_type() in HOLDS_TEXT and not each.choices and each.name not in REPEATED
    ]


def _other_texts() -> Iterator[Texts]:
    """Yield the texts of the organisation that are no pages, and that no app speaks for."""
    of_people = {label for part in personal_data() for label in part.tables}
    for model in apps.get_models():
        label = model._meta.label
        is_searched = label not in {*settings.SPARED_MODELS, *settings.SPARED_WHEN_ADDED, *of_people}
        if is_searched and not issubclass(model, Page) and (fields := _text_fields(model)):
            yield Texts(model._default_manager.all(), fields)
    yield Texts(ModelLogEntry.objects.all(), ["label", "data"])


def _gather(search: Search, texts: Texts, by: User) -> Mentions:
    finder = AdminURLFinder(by)
    url_of = texts.url_of or (lambda subject, user: finder.get_edit_url(_owner_of(subject)) or "")
    places: dict[Any, list[str]] = {}
    for row, fields in search.find(texts.rows, texts.fields):
        named = places.setdefault(texts.subject_of(row), [])
        named += [label for label in map(_label_in(row), fields) if label not in named]
    mentions = [Mention(str(subject), url_of(subject, by), names) for subject, names in places.items()]
    return _shown(capfirst(texts.kind or texts.rows.model._meta.verbose_name_plural), mentions, search)


def _label_in(row: models.Model) -> Callable[[str], str]:
    return lambda name: str(row._meta.get_field(name).verbose_name)


def _owner_of(row: models.Model) -> models.Model:
    """Return what a row is edited with, where it is a part of something else."""
    for each in row._meta.concrete_fields:
        if isinstance(each, ParentalKey):
            return getattr(row, each.name)
    return row


def _in_pages(search: Search, by: User) -> Mentions:
    """Find pages, drafts among them: by their texts, versions, history, and remarks on approval."""
    places: dict[int, list[str]] = defaultdict(list)
    for model in (model for model in get_page_models() if model is not Page):
        for page, fields in search.find(model.objects.all(), _text_fields(model)):
            places[page.pk] += map(_label_in(page), fields)
    versions: dict[int, int] = defaultdict(int)
    for revision, _fields in search.find(_latest_versions(), ["content"]):
        versions[int(revision.object_id)] += 1
    for key, count in versions.items():
        places[key].append(ngettext("%(count)s version", "%(count)s versions", count) % {"count": count})
    logged = {entry.page_id for entry, _fields in search.find(PageLogEntry.objects.all(), ["label", "data"])}
    for key in logged:
        places[key].append(_("history"))
    remarks = TaskState.objects.select_related("revision").exclude(revision=None)
    for key in {int(state.revision.object_id) for state, _fields in search.find(remarks, ["comment"])}:
        places[key].append(_("remark on approval"))
    pages = Page.objects.filter(pk__in=places).specific()
    mentions = [
        Mention(page.draft_title or page.title, _page_url(page, by), places[page.pk]) for page in pages
    ]
    return _shown(_("Pages and drafts"), mentions, search)


def _latest_versions() -> QuerySet:
    versions = Revision.page_revisions.order_by("-pk")
    oldest = versions.values_list("pk", flat=True)[VERSIONS - 1 : VERSIONS].first()
    return versions.filter(pk__gte=oldest) if oldest else versions


def _page_url(page: Page, by: User) -> str:
    if page.permissions_for_user(by).can_edit():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return page.get_url() or "" if can_read_page(by, page) else ""


def _shown(kind: str, mentions: list[Mention], search: Search) -> Mentions:
    opened = [mention for mention in mentions if mention.url]
    is_more = search.is_more or len(opened) > SHOWN
    return Mentions(str(kind), opened[:SHOWN], len(mentions) - len(opened), is_more)
