"""What pages are made of, remembered in the process until something changes that a page may show.

The *edition* is a number in the database. It moves in the transaction of a change, so that whoever asks for
it after the commit, in whatever process, finds another number, and with it nothing remembered. Asking costs
one query for each request. What depends on the hour is remembered until that hour and no longer.

Nothing personal may be remembered. What differs from one reader to the next goes into the key as what readers
of a kind have in common (`portal.readers`), or stands outside.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from portal.visibility import Change

MOST = 600  # things remembered in a process: a page is about 30 KB
LONGEST = timedelta(minutes=10)  # should a change ever go past the models and past us
THE_ONE = 1  # the only row there is
READ_NUMBER = "SELECT number FROM portal_edition WHERE id = %s"
NUMBER_BITS = 62  # a database's integer


# The number of an edition, a language, and what is remembered.
_Place = tuple[int, str | None, tuple[Hashable, ...]]


@dataclass
class _Request:
    """What is known of the edition while one request is answered."""

    number: int | None = None
    is_known: bool = False
    has_moved: bool = False


@dataclass(frozen=True)
class _Thing:
    """Something remembered, and until when it holds."""

    value: Any
    until: datetime


class _Memory:
    """The things of one edition remembered in this process; those that nobody has asked for longest go first.

    With the first thing of another edition all of the former go: they may be words that were taken back or
    erased, and nobody asks for them again.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._edition: int | None = None
        self._things: OrderedDict[_Place, _Thing] = OrderedDict()
        self._lock = Lock()

    def find(self, place: _Place) -> _Thing | None:
        with self._lock:
            thing = self._things.get(place)
            if thing is not None:
                self._things.move_to_end(place)
        return thing if thing is not None and timezone.now() < thing.until else None

    def keep(self, place: _Place, thing: _Thing) -> None:
        with self._lock:
            if place[0] != self._edition:
                self._things.clear()
                self._edition = place[0]
            self._things[place] = thing
            self._things.move_to_end(place)
            while len(self._things) > self.most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._things.clear()


_memory = _Memory(MOST)
_REQUEST: ContextVar[_Request | None] = ContextVar("edition_of_request", default=None)
# What is remembered apart from everybody, in its stead; see `memory_apart`.
_APART: ContextVar[_Memory | None] = ContextVar("memory_apart", default=None)
# The hours until which what is being made holds, as they come up in its making.
_HOURS: ContextVar[list[datetime] | None] = ContextVar("hours", default=None)


@contextmanager
def edition_kept() -> Iterator[None]:
    """Ask for the edition once while the block runs, unless the block itself moves it."""
    token = _REQUEST.set(_Request())
    try:
        yield
    finally:
        _REQUEST.reset(token)


@contextmanager
def memory_apart() -> Iterator[None]:
    """Remember what the block makes for itself alone; it takes nothing of what others are shown.

    For pages that are still being written, which go by the same keys as those that readers have.
    """
    token = _APART.set(_Memory(MOST))
    try:
        yield
    finally:
        _APART.reset(token)


def current_edition() -> int | None:
    """Return the number of the edition; None where there is none yet, and nothing may be remembered."""
    request = _REQUEST.get()
    if request is not None and request.is_known:
        return request.number
    number = _read_number()
    if request is not None and not request.has_moved:
        request.number, request.is_known = number, True
    return number


def move_edition() -> None:
    """Let nothing that was remembered count any more, once the transaction is committed.

    Models do so by themselves when they are saved or deleted, and what changes who sees what on its own path
    (`portal.visibility`). Call it after what goes past the models and changes only how something looks:
    `update`, `bulk_create` and the like.
    """
    number = secrets.randbits(NUMBER_BITS)
    if not _the_one().update(number=number):
        _the_one().create(pk=THE_ONE, number=number)
    request = _REQUEST.get()
    if request is not None:
        # From here on the number may still be undone with a part of the transaction: ask for it each time.
        request.is_known, request.has_moved = False, True


def move_with(change: Change) -> None:
    """Move the edition with what others may see from now on, or no longer: of comments, what is quoted."""
    if change.quoted_in or not change.is_of_comments:
        move_edition()


def is_shown(model: type[Model], *, is_added: bool = False) -> bool:
    """Whether a change to a row of `model` may show on a page. Of a model that nobody thought of: yes."""
    label = model._meta.concrete_model._meta.label
    if label in settings.SPARED_MODELS or (is_added and label in settings.SPARED_WHEN_ADDED):
        return False
    return model._meta.apps is apps  # those of migrations are others, before there is an edition


def remember(key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
    """Return what `make` returns, made once for each edition and language under `key`.

    It is shared with other threads: take a copy before changing it. What it shows of the hour is told with
    `holds_until` while it is made. What is `None` is made each time: nobody fills the memory by asking for
    what is not there.
    """
    number = current_edition()
    if number is None:
        return make()
    memory = _APART.get() or _memory
    place = (number, get_language(), key)
    thing = memory.find(place)
    if thing is None:
        hours = [timezone.now() + LONGEST]
        token = _HOURS.set(hours)
        try:
            value = make()
        finally:
            _HOURS.reset(token)
        thing = _Thing(value, min(hours))
        if value is not None:
            memory.keep(place, thing)
    # What is made around it holds no longer than it does.
    holds_until(thing.until)
    return thing.value


def holds_until(*hours: datetime | None) -> None:
    """Say that what is being made may be another at each of `hours`; those that are past say nothing."""
    found = _HOURS.get()
    if found is not None:
        now = timezone.now()
        found += [hour for hour in hours if hour is not None and hour > now]


def _read_number() -> int | None:
    # Past the models, which would take several times as long: every request asks.
    with connection.cursor() as cursor:
        cursor.execute(READ_NUMBER, [THE_ONE])
        row = cursor.fetchone()
    return row[0] if row else None


def _the_one() -> QuerySet:
    # Models ask here in their own making: theirs is looked up when it is needed.
    return apps.get_model("portal.Edition")._default_manager.filter(pk=THE_ONE)


def forget_everything() -> None:
    """Begin with an empty memory, as a process does that has just been started."""
    _memory.clear()
