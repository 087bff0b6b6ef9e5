"""The folders of the page store, and who may write in them when.

    live-<stamp>/sites/<host>/<path>/@/   the answers of one address: a folder, so that one rename purges them
    live-<stamp>/scopes/<scope>/          links to the folders that depend on a scope
    live                                  a link to the newest of these, for a proxy
    marks/, purges, lock                  what is being changed now, and what was (`portal.page_store.marks`)
    building/, scratch/, trash/           who builds what, what is being written, what was purged

Files are the truth: any number of processes work on the same folder and tell each other nothing.
"""

import fcntl
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from zlib import crc32

from portal.page_store.addresses import Address

FOLDER = "@"  # no address holds this sign, so that no page can stand where another's answers are
ASIDE = "~"  # begins the name of what is kept for ourselves, at no address that anybody asks for
BUILDERS = 1_024  # how many addresses can be told apart while they are built
BUDGET = 300  # files that are removed at once after a purge; the rest goes with `tidy`

logger = logging.getLogger(__name__)


class Folders:
    """What lies where in the folder `root`, as one release of the portal sees it."""

    def __init__(self, root: str, stamp: str) -> None:
        self.root = root
        self.live = f"{root}/live-{stamp}"

    def make_folders(self) -> None:
        """Make what is missing: somebody may have removed the whole store, as they may at any time."""
        # The last that is made: where it is, the others are.
        if os.path.isdir(f"{self.root}/trash"):
            return
        for name in ("marks", "building", "scratch", "trash"):
            os.makedirs(f"{self.root}/{name}", exist_ok=True)

    def offer_to_proxy(self) -> None:
        """Let a proxy read what this release keeps. Where nothing can be written, all is served unkept."""
        try:
            self.make_folders()
            # Made apart and renamed: a proxy never finds the link missing.
            link = f"{self.root}/scratch/{token_hex(8)}"
            os.symlink(os.path.basename(self.live), link)
            os.replace(link, f"{self.root}/live")
        except OSError:
            logger.exception("Page store: not writable, every page is rendered for every reader")

    def _folder(self, folder: str) -> str:
        return f"{self.live}/sites/{folder}/{FOLDER}"

    def _lives(self) -> list[str]:
        """Return the folders of every release: the former one may be serving still."""
        return [f"{self.root}/{name}" for name in names_in(self.root) if name.startswith("live-")]

    def folders(self) -> list[str]:
        """Return the folders of all addresses that are kept."""
        found = []
        for live in self._lives():
            for path, names, _files in os.walk(f"{live}/sites"):
                names[:] = [name for name in names if not name.startswith(ASIDE)]
                if FOLDER in names:
                    found.append(path.removeprefix(f"{live}/sites/"))
                    names.remove(FOLDER)
        return found

    # --- Building one at a time -------------------------------------------------------------------

    def claim(self, address: Address) -> int | None:
        """Return a lock on building an answer (`os.close` ends it); None while somebody else builds it."""
        # So many files in all: two addresses that share one wait for each other, and no harm is done.
        number = crc32(f"{address.folder} {address.variant}".encode()) % BUILDERS
        self.make_folders()
        lock = os.open(f"{self.root}/building/{number:03x}", os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return lock

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let nobody else keep or purge anything meanwhile; every block is a few steps long."""
        lock = os.open(f"{self.root}/lock", os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    # --- Trash -----------------------------------------------------------------------------------

    def _throw_away(self, path: str) -> bool:
        """Take a folder out of reach in one step, with whatever is in it."""
        try:
            os.rename(path, f"{self.root}/trash/{token_hex(8)}")
        except FileNotFoundError:
            return False
        return True

    def empty_trash(self, budget: int | None = BUDGET) -> None:
        """Remove what was purged, up to so many files."""
        for name in names_in(f"{self.root}/trash"):
            for path, _folders, files in os.walk(f"{self.root}/trash/{name}", topdown=False):
                if budget is not None:
                    budget -= len(files) + 1
                    if budget < 0:
                        return
                shutil.rmtree(path, ignore_errors=True)


def names_in(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except FileNotFoundError:
        return []


def age_of(path: str) -> float:
    """Return for how many seconds a folder has been as it is."""
    try:
        return time.time() - os.stat(path).st_mtime
    except FileNotFoundError:
        return 0.0
