"""Marks: what is being changed now, so that no page is kept that was made before the change was through.

A mark is a file that its process holds a lock on. It is put up before a change is committed and taken down
after the commit or the rollback. The system lets go of the locks of a process that dies: a mark without a
lock is heeded for a while yet, until a commit that was on its way must have arrived, and then removed.

Beside the marks, `purges` has one line for each that was ever put up. Whoever makes a page notes its length
before, and looks at what was added after.
"""

import fcntl
import os
import time
import weakref
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from secrets import token_hex

from portal.page_store.offers import EVERYTHING

GRACE = 35  # seconds: a statement is given up by the database after thirty
LONGEST_LIST = 1_000_000  # bytes of `purges`, until a new one is begun
DEAD = ".dead"


@dataclass(frozen=True)
class Beginning:
    """What was being changed when the making of a page began, and how far the list of purges went."""

    list_id: int
    length: int
    scopes: frozenset[str]


class Mark:
    """One change under way. It ends with `take_down`, or when nobody holds it any more.

    What Django would do after the commit holds it; a rollback drops that, and with it the mark.
    """

    def __init__(self) -> None:
        self.scopes: frozenset[str] = frozenset()
        self.purged: list[str] = []
        self._ends: list[Callable[[], None]] = []
        self._finalizer = weakref.finalize(self, _end_all, self._ends)
        self._finalizer.atexit = False  # a process that ends in the middle of a change has not finished it

    @property
    def is_up(self) -> bool:
        return self._finalizer.alive

    def at_the_end(self, act: Callable[[], None]) -> None:
        self._ends.append(act)

    def take_down(self) -> None:
        """Let pages be kept again. The second time, do nothing."""
        self._finalizer()


def _end_all(ends: list[Callable[[], None]]) -> None:
    for act in ends:
        act()


class Marks:
    """The marks in the folder `root`; `locked` keeps others from keeping or purging meanwhile."""

    def __init__(self, root: str, locked: Callable[[], AbstractContextManager[None]]) -> None:
        self.folder = f"{root}/marks"
        self.scratch = f"{root}/scratch"
        self.list = f"{root}/purges"
        self.locked = locked

    def begin(self) -> Beginning:
        """Note how things stand. The list is looked at first: a mark is put up before it is listed."""
        list_id, length = self._list_state()
        return Beginning(list_id, length, frozenset(self.scopes_up()))

    def touched_since(self, beginning: Beginning) -> set[str]:
        """Return every scope that was being changed then, has been since, or is now.

        Whoever keeps a page asks while they hold the lock.
        """
        list_id, length = self._list_state()
        touched = {*beginning.scopes, *self.scopes_up()}
        if list_id != beginning.list_id or length < beginning.length:
            return {*touched, EVERYTHING}
        if length > beginning.length:
            with open(self.list, "rb") as file:
                file.seek(beginning.length)
                touched.update(file.read().decode().split())
        return touched

    def put_up(self, mark: Mark, scopes: Iterable[str]) -> None:
        """Put `mark` up for `scopes`. The caller holds the lock, and purges before it lets go."""
        text = " ".join(sorted(scopes))
        name = token_hex(8)
        # Locked before it gets its place: a mark that is there without a lock is a dead process's.
        file = os.open(f"{self.scratch}/{name}", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        mark.at_the_end(lambda: _remove(f"{self.folder}/{name}", file))
        fcntl.flock(file, fcntl.LOCK_EX)
        os.write(file, text.encode())
        os.rename(f"{self.scratch}/{name}", f"{self.folder}/{name}")
        self._add_to_list(f"{text}\n")
        mark.scopes = frozenset(scopes)

    def scopes_up(self) -> set[str]:
        """Return the scopes of all marks that are up."""
        found: set[str] = set()
        for name in os.listdir(self.folder):
            found |= self._read(f"{self.folder}/{name}")
        return found

    def _read(self, path: str) -> set[str]:
        try:
            file = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return set()
        try:
            text = os.read(file, 100_000).decode()
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return set(text.split())
        finally:
            os.close(file)
        return set(text.split()) if self._is_heeded(path) else set()

    @staticmethod
    def _is_heeded(path: str) -> bool:
        """Whether the mark of a dead process counts yet: for a while after it was found without its lock."""
        try:
            if not path.endswith(DEAD):
                os.rename(path, path + DEAD)
                os.utime(path + DEAD)
                return True
            if time.time() - os.stat(path).st_mtime < GRACE:
                return True
            os.unlink(path)
        except FileNotFoundError:  # taken down, or found by somebody else, at this very moment
            return True
        return False

    def _list_state(self) -> tuple[int, int]:
        try:
            known = os.stat(self.list)
        except FileNotFoundError:
            os.close(os.open(self.list, os.O_CREAT | os.O_APPEND, 0o644))
            known = os.stat(self.list)
        return known.st_ino, known.st_size

    def _add_to_list(self, line: str) -> None:
        if self._list_state()[1] > LONGEST_LIST:
            # It is another file: whoever began a page by the former list does not keep it.
            fresh = f"{self.scratch}/{token_hex(8)}"
            os.close(os.open(fresh, os.O_CREAT | os.O_EXCL, 0o644))
            os.replace(fresh, self.list)
        file = os.open(self.list, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)


def _remove(path: str, file: int) -> None:
    # Unlinked while the lock is held: a mark that is there without one would count for another while.
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    finally:
        os.close(file)
