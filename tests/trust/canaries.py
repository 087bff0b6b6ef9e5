"""Canaries: a word nobody can guess in every hidden field, looked for in everything that leaves the portal.

A word found where its rule does not let it be is a leak. A word that somebody who may read it never saw makes
the proof vacuous, and fails as well.
"""

import json
import logging
import pickle
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from logging.config import DictConfigurator
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from wagtail.models import Workflow

from mail.actions import process_mail
from portal.settings.logs import LOGGING
from tests.caches import dump_page_store
from tests.trust.actors import ACTORS, Actor
from tests.trust.addresses import Address, addresses
from tests.trust.planting import (
    COMMON,
    WORD,
    Canary,
    Planting,
    plant,
    plant_crews,
    point_at_hidden_things,
)
from tests.trust.public_site import ASKED_AT, PublicSite
from tests.trust.requests import Answer, Asked, send

STAFF = ("editor", "moderator", "administrator")
SHORT_LIST = ("anonymous", "visitor", "employee_outside", "editor", "moderator")
# What is internal is told by mail to nobody, not even to who may read it; the rest, to its readers.
NEVER_MAILED = {"H1", "H6", "H15"}
NEVER_INDEXED = {"H12", "H13", "H14", "H16"}
SECRETS = (
    "conversation/status/",
    "conversation/confirm/",
    "conversation/follow/",
    "conversation/quotation/",
    "mail/stop/",
)  # known to whom they were sent
MOST_LINKS = 150  # followed by each of the nine


@dataclass
class Result:
    """What was found where."""

    planted: int = 0
    requests: int = 0
    outside: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return (
            f"canaries: {self.planted} planted, {len(self.outside)} outside, "
            f"{len(self.unseen)} unseen by who may read them ({self.requests} requests)"
        )

    @property
    def faults(self) -> list[str]:
        return [*self.outside, *self.unseen]


class Search:
    """The words that each of the nine has come upon, and those that they should not have."""

    def __init__(self, planting: Planting) -> None:
        self.planting = planting
        self.seen: dict[str, set[str]] = defaultdict(set)
        self.leaks: dict[tuple[Canary, str], str] = {}
        self.requests = 0

    def ask(self, actor: Actor, asked: Asked) -> Answer:
        self.requests += 1
        answer = send(actor, asked)
        known = set(WORD.findall(str((unquote(asked.path), asked.data))))
        for word in set(WORD.findall(read(answer))) - known:
            self.found(word, actor.name, str(asked))
        return answer

    def found(self, word: str, by: str, place: str) -> None:
        canary = self.planting.canaries[word]
        if by in canary.may:
            self.seen[word].add(by)
        else:
            self.leaks.setdefault((canary, by), place)

    def finish(self, names: Iterable[str]) -> Result:
        names = set(names)
        outside = [f"{canary}, found by {by} at {place}" for (canary, by), place in self.leaks.items()]
        unseen = [
            f"{canary}: {name} may read it and never saw it"
            for word, canary in self.planting.canaries.items()
            for name in sorted((canary.must & names) - self.seen[word])
        ]
        return Result(len(self.planting.canaries), self.requests, outside, unseen)


def look(public_site: PublicSite, actors: dict[str, Actor], *, is_thorough: bool, at: str = "") -> Result:
    """Plant everything, let everybody look everywhere, and read what leaves by other ways.

    With `at`, only addresses with that pattern in them are looked at.
    """
    mail.outbox = []
    planting = plant(public_site)
    plant_crews(planting)
    point_at_hidden_things(planting)
    search = Search(planting)
    names = ACTORS if is_thorough else SHORT_LIST
    with log_kept() as log:
        for name in names:
            walk(search, actors[name], is_thorough=is_thorough, at=at)
        read_mail(search)
    read_sink(search, log.getvalue(), "the log", lambda canary: False)
    read_sink(search, dump_cache(), "the cache", lambda canary: canary.may == frozenset(ACTORS))
    read_sink(search, dump_page_store(), "the page store", lambda canary: "anonymous" in canary.may)
    read_sink(search, dump_index(), "the index", lambda canary: canary.hidden_class not in NEVER_INDEXED)
    return search.finish(names)


def walk(search: Search, actor: Actor, *, is_thorough: bool, at: str = "") -> None:
    """Ask at every address that this person can know of, and follow where the answers lead."""
    planting = search.planting
    paths = [address.path for address in addresses(planting) if is_for(actor, address, is_thorough)]
    if actor.name == "visitor":
        paths += [reverse("comment_status", args=[token]) for token in planting.status_pages]
    paths += [page.get_url() for page in (*planting.public_site.pages.values(), *planting.pages.values())]
    paths += [comment.history_url for comment in planting.comments.values()]
    paths += [f"/fr/search/?query={COMMON}", f"/fr/search/?query={COMMON}&page=2"]
    if actor.name in STAFF:
        paths += list(lists(planting))
        paths += list(screens(planting)) if is_thorough else []
    paths = [path for path in paths if re.search(at, path)]
    visited: set[str] = set()
    links: dict[str, None] = {}
    for path in dict.fromkeys(paths):
        visited.add(path)
        links |= dict.fromkeys(search.ask(actor, Asked(path)).links)
    if is_thorough:
        for path in [path for path in links if path not in visited][:MOST_LINKS]:
            search.ask(actor, Asked(path))


def is_for(actor: Actor, address: Address, is_thorough: bool) -> bool:
    """Whether this person can know the address, and whether a short look goes there."""
    if any(part in address.path for part in SECRETS):
        return actor.name == "visitor"
    if "failwhale" in address.path or "logout" in address.path:
        return False
    if address.is_admin:
        return is_thorough
    return is_thorough or not address.subject or "^((" in address.route


def lists(planting: Planting) -> Iterator[str]:
    """Where the admin lists things of every kind."""
    yield reverse("wagtailadmin_choose_page_child", args=[planting.pages["internal"].get_parent().pk])
    yield reverse("wagtailadmin_pages:search") + f"?q={COMMON}"
    yield reverse("wagtailimages_chooser:choose_results")
    yield reverse("wagtaildocs_chooser:choose_results")
    yield reverse("wagtailadmin_reports:site_history_results")
    yield from (f"/admin/moderation/{register}/" for register in ("ledger", "flags", "decisions", "featured"))
    yield reverse("moderation_comments:list_comments_results") + "?status=all"
    yield reverse("moderation_comments:list_own_decisions")
    changing = planting.comments["changing"]
    yield reverse("moderation_comments:review_comment", args=[changing.public_id])
    yield reverse("moderation_comments:list_comments_results") + "?status=flagged"
    for name in ("flagged", "flagged by the visitor"):
        yield reverse("moderation_comments:review_comment", args=[planting.comments[name].public_id])


def screens(planting: Planting) -> Iterator[str]:
    """Screens, searches and exports of the admin, which the patterns alone do not lead to."""
    sections = (planting.pages["restricted"], planting.pages["internal"].get_parent())
    parents = [planting.public_site.pages[name] for name in ("home_fr", "articles_fr", "dialogues_fr")]
    for page in (*parents, *sections):
        yield reverse("wagtailadmin_explore", args=[page.pk])
        yield reverse("wagtailadmin_choose_page_child", args=[page.pk])
    for page in (*planting.pages.values(), planting.public_site.pages["article"]):
        for name in ("edit", "history", "view_draft", "usage", "copy", "revisions_index"):
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    for query in (f"?q={COMMON}", "?q=zq"):
        yield reverse("wagtailadmin_pages:search") + query
        yield reverse("wagtailadmin_choose_page_search") + query
        yield reverse("wagtailimages:index") + query
        yield reverse("wagtaildocs:index") + query
    for report in ("site_history", "aging_pages", "locked_pages", "workflow", "workflow_tasks"):
        yield reverse(f"wagtailadmin_reports:{report}") + "?export=csv"
        yield reverse(f"wagtailadmin_reports:{report}") + "?export=xlsx"
    for register in ("ledger", "flags", "decisions", "featured", "mail"):
        yield f"/admin/moderation/{register}/?export=xlsx"
        yield f"/admin/moderation/{register}/?export=csv"
    yield reverse("moderation_comments:list_comments") + "?status=all"
    yield reverse("moderation_comments:list_comments") + f"?status=all&q={COMMON}"
    for comment in planting.comments.values():
        yield reverse("moderation_comments:review_comment", args=[comment.public_id])
    yield reverse("wagtailadmin_tag_autocomplete") + "?term=zq"
    for picture in planting.pictures.values():
        yield reverse("wagtailimages:edit", args=[picture.pk])
    for document in planting.documents.values():
        yield reverse("wagtaildocs:edit", args=[document.pk])


def read(answer: Answer) -> str:
    """Return all that can be read in an answer: a workbook is unpacked, and JSON loses its escapes."""
    if answer.content[:2] == b"PK" and is_zipfile(BytesIO(answer.content)):
        with ZipFile(BytesIO(answer.content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return unquote(answer.text)


# --- What leaves by other ways -------------------------------------------------------------------


def read_mail(search: Search) -> None:
    """Send all that waits, hand hidden pages in for review, and read every message as its recipient."""
    public_site, planting = search.planting.public_site, search.planting
    workflow = Workflow.objects.first()
    for name in ("crews", "draft"):
        workflow.start(planting.pages[name].specific, public_site.users["administrator"])
    with time_machine.travel(ASKED_AT.replace(day=ASKED_AT.day + 1), tick=False):
        process_mail()
    owners = {user.email: name for name, user in public_site.users.items() if name in ACTORS}
    owners |= {guest.email: name for name, guest in public_site.guests.items()}
    for message in mail.outbox:
        [recipient] = message.to
        for word in set(WORD.findall(source_of(message))) - set(WORD.findall(recipient)):
            canary, owner = planting.canaries[word], owners.get(recipient, "a stranger")
            is_told_to_the_desk = message.extra_headers.get("Auto-Submitted") is None and owner in canary.may
            if owner not in canary.may or (canary.hidden_class in NEVER_MAILED and not is_told_to_the_desk):
                search.leaks.setdefault((canary, owner), f"mail “{message.subject}”")


def source_of(message: EmailMessage) -> str:
    alternatives = [str(part) for part in getattr(message, "alternatives", [])]
    return "\n".join([message.subject, str(message.extra_headers), message.body, *alternatives])


def read_sink(search: Search, text: str, name: str, may_hold: Callable[[Canary], bool]) -> None:
    for word in set(WORD.findall(text)) & set(search.planting.canaries):
        canary = search.planting.canaries[word]
        if not may_hold(canary):
            search.leaks.setdefault((canary, "whoever reads it"), name)


@contextmanager
def log_kept() -> Iterator[StringIO]:
    """Write down, for the length of the block, what production would write down."""
    kept = StringIO()
    handler = logging.StreamHandler(kept)
    settings = deepcopy(LOGGING)  # what configures takes them apart
    handler.setFormatter(DictConfigurator(settings).configure_formatter(settings["formatters"]["json"]))
    loggers = {name: logging.getLogger(name) for name in ("", "django", "django.request", "wagtail")}
    before = {name: (logger.level, logger.propagate, logger.handlers[:]) for name, logger in loggers.items()}
    disabled = logging.root.manager.disable
    logging.disable(logging.NOTSET)  # the long form is silent otherwise, and would read nothing here
    for name, logger in loggers.items():
        logger.propagate, logger.handlers = True, []
        logger.setLevel(LOGGING["loggers"].get(name, {}).get("level", "INFO"))
    loggers[""].addHandler(handler)
    try:
        yield kept
    finally:
        logging.disable(disabled)
        for name, logger in loggers.items():
            level, logger.propagate, logger.handlers = before[name]
            logger.setLevel(level)


def dump_cache() -> str:
    """Return what the cache holds, keys and values."""
    kept = getattr(cache, "_cache", {})
    return "\n".join(f"{key} {pickle.dumps(value)!r} {value!r}" for key, value in kept.items())


def dump_index() -> str:
    """Return the tables of the search index."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if "indexentry" in table]
        text = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
            text += [json.dumps(row, default=str) for row in cursor.fetchall()]
    return "\n".join(text)
