"""The page store: what it keeps, what it purges, and what it tidies away.

Files are the truth: any number of processes work on the same folder and tell each other nothing
(`portal.page_store.folders`).
"""

import json
import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from portal.page_store.addresses import PLAIN, Address
from portal.page_store.entries import Entry, Kept, read_file, tag_of
from portal.page_store.folders import FOLDER, Folders, age_of, names_in
from portal.page_store.marks import Beginning, Mark, Marks
from portal.page_store.offers import EVERYTHING
from portal.page_store.stamps import current_stamp

# A proxy does not know when the life of an entry ends. It finds such an entry under the name of a stretch of
# time during all of which it is right; in the stretch in which it ends, readers are answered by us.
STRETCH = 1_000  # seconds; nginx cuts three digits off the clock
AT_PLACE = "at:"  # scope of all answers at one address
MOST_VARIANTS = 200  # of one address: deeper pages are rendered, and nobody fills the disk by counting up
MOST_ENTRIES = 20_000
LONGEST_LIFE = 24 * 60 * 60  # seconds: what nobody has changed for a day is made anew all the same
TIDY_EVERY = 600  # seconds
OLD_STAMP = 3_600  # seconds for which the former release may still be serving

logger = logging.getLogger(__name__)


class PageStore(Folders):
    """The store in the folder `root`, as one release of the portal sees it."""

    def __init__(self, root: str, stamp: str) -> None:
        super().__init__(root, stamp)
        self.marks = Marks(root, self.locked)
        self.lent: dict[str, tuple[int, str]] = {}  # for which stretch of time a proxy has which answer

    # --- Reading ---------------------------------------------------------------------------------

    def find(self, address: Address) -> Kept | None:
        """Return what is kept at `address`; nothing else is asked, neither the database nor the marks."""
        folder = self._folder(address.folder)
        try:
            kept = Kept.read(read_file(f"{folder}/{address.variant}.json"), folder)
        except OSError:
            return None
        if kept.until is not None:
            if kept.until <= time.time():
                return None
            self._lend_to_proxy(kept.path, kept.tags[0], kept.until)
        return kept

    # --- Writing ---------------------------------------------------------------------------------

    def begin(self) -> Beginning | None:
        """Note what is being changed, before an answer is made; None where nothing can be kept."""
        try:
            self.make_folders()
            return self.marks.begin()
        except OSError:
            return None

    def keep(self, address: Address, entry: Entry, scopes: Iterable[str], beginning: Beginning) -> bool:
        """Keep `entry`, unless something that it depends on was, or is being, changed since `beginning`.

        On a full disk nothing is kept, and nothing half.
        """
        scopes = {*scopes, AT_PLACE + address.folder}
        scratch = f"{self.root}/scratch/{token_hex(8)}"
        try:
            names = self._write(scratch, address, entry)
            with self.locked():
                if self.marks.touched_since(beginning) & {*scopes, EVERYTHING}:
                    return False
                return self._put_in_place(scratch, names, address, scopes)
        except OSError as error:
            logger.warning("Page store: a page could not be kept: %s", error.strerror)
            return False
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _write(self, scratch: str, address: Address, entry: Entry) -> list[str]:
        name = f"{address.variant}.html" if entry.is_for_proxy and entry.until is None else None
        name = name or f"{address.variant}.{'timed' if entry.is_for_proxy else 'body'}"
        packed = entry.packed
        tags = [tag_of(entry.digest, len(body)) for body in (entry.body, packed)]
        known = json.dumps([entry.headers, *tags, name, entry.until]).encode()
        os.makedirs(scratch)
        # They come into place in this order: by the last, `find` knows that the others are there.
        files = {f"{name}.gz": packed, name: entry.body, f"{address.variant}.json": known}
        for file_name, content in files.items():
            path = f"{scratch}/{file_name}"
            with open(path, "wb") as file:
                file.write(content)
            os.utime(path, (entry.digest, entry.digest))  # so that nginx makes the ETag that `tag_of` makes
        return list(files)

    def _put_in_place(self, scratch: str, names: list[str], address: Address, scopes: set[str]) -> bool:
        folder = self._folder(address.folder)
        os.makedirs(folder, exist_ok=True)
        # Each has three files.
        if address.variant != PLAIN and len(os.listdir(folder)) > 3 * MOST_VARIANTS:
            return False
        link = sha256(address.folder.encode()).hexdigest()[:24]
        for scope in scopes:
            if not scope.startswith(AT_PLACE):
                os.makedirs(f"{self.live}/scopes/{scope}", exist_ok=True)
                if not os.path.lexists(f"{self.live}/scopes/{scope}/{link}"):
                    os.symlink(address.folder, f"{self.live}/scopes/{scope}/{link}")
        for name in names:
            os.replace(f"{scratch}/{name}", f"{folder}/{name}")
        return True

    def _lend_to_proxy(self, path: str, tag: str, until: float) -> None:
        """Let a proxy find an entry for as long as the present stretch of time, if it is right that long."""
        stretch = int(time.time()) // STRETCH
        if not path.endswith(".timed") or (stretch + 1) * STRETCH > until:
            return
        if self.lent.get(path) == (stretch, tag):
            return
        if len(self.lent) > MOST_ENTRIES:
            self.lent.clear()
        self.lent[path] = (stretch, tag)
        name = path.removesuffix("timed") + f"{stretch}.html"
        for source, target in ((f"{path}.gz", f"{name}.gz"), (path, name)):
            try:
                os.link(source, target)
            except OSError:  # purged meanwhile, or lent by another process
                continue

    # --- Purging ---------------------------------------------------------------------------------

    def put_up_mark(self, scopes: Iterable[str]) -> Mark:
        """Purge what depends on `scopes`, and let nothing of it be kept until the mark is taken down."""
        scopes = set(scopes)
        mark = Mark()
        try:
            self.make_folders()
            with self.locked():
                self.marks.put_up(mark, scopes)
                mark.purged = self._purge(scopes)
        except OSError:
            # Without room for a mark, nothing may stay that the change could make wrong, now or afterwards.
            logger.exception("Page store: a mark could not be written, the store is emptied")
            self._throw_away_all()
            mark.at_the_end(self._throw_away_all)
        mark.at_the_end(self.empty_trash)
        return mark

    def _purge(self, scopes: set[str]) -> list[str]:
        """Take the answers that depend on `scopes` out of reach, and return their folders."""
        if EVERYTHING in scopes:
            return self._throw_away_all()
        purged = []
        for live in self._lives():
            for folder in self._folders_of(live, scopes):
                if self._throw_away(f"{live}/sites/{folder}/{FOLDER}"):
                    purged.append(folder)
        return purged

    def _folders_of(self, live: str, scopes: set[str]) -> Iterator[str]:
        for scope in scopes:
            if scope.startswith(AT_PLACE):
                yield scope.removeprefix(AT_PLACE)
                continue
            for link in names_in(f"{live}/scopes/{scope}"):
                path = f"{live}/scopes/{scope}/{link}"
                yield os.readlink(path)
                os.unlink(path)

    def _throw_away_all(self) -> list[str]:
        # Caches elsewhere alone need the list; to make it, every folder is walked.
        purged = self.folders() if len(settings.WAGTAILFRONTENDCACHE) > 1 else []
        for live in self._lives():
            self._throw_away(live)
        return purged

    # --- Tidying ----------------------------------------------------------------------------------

    def discard(self) -> None:
        """Forget everything: the store is switched off, and nobody will purge what is left in it."""
        if self._lives():
            self.make_folders()
            self._throw_away_all()
        self.empty_trash(None)

    def tidy(self) -> None:
        """Remove former releases and what is old, and begin anew if there is too much; now and then."""
        self.make_folders()
        done = Path(self.root, "tidied")
        if done.exists() and time.time() - done.stat().st_mtime < TIDY_EVERY:
            return
        done.touch()
        newest = os.path.realpath(f"{self.root}/live")
        for live in self._lives():
            if os.path.realpath(live) != newest and age_of(live) > OLD_STAMP:
                self._throw_away(live)
        count = 0
        for live in self._lives():
            for path, _folders, files in os.walk(f"{live}/sites"):
                count += sum(name.endswith(".json") for name in files)
                if os.path.basename(path) == FOLDER and age_of(path) > LONGEST_LIFE:
                    self._throw_away(path)
        for name in names_in(f"{self.root}/scratch"):  # left by a process that died
            if age_of(f"{self.root}/scratch/{name}") > OLD_STAMP:
                self._throw_away(f"{self.root}/scratch/{name}")
        if count > MOST_ENTRIES:
            self.put_up_mark({EVERYTHING}).take_down()
        self.empty_trash(None)


def open_store() -> PageStore:
    """Return the store that the settings name."""
    return _open(str(settings.PAGE_STORE_DIR))


@cache
def _open(root: str) -> PageStore:
    return PageStore(root, current_stamp())


def is_in_use() -> bool:
    """Whether pages may be kept: by this process, or by others, whatever the settings of this one say."""
    return settings.PAGE_STORE or os.path.isdir(f"{settings.PAGE_STORE_DIR}/marks")


def tidy() -> None:
    """Remove from the store what nobody needs any more."""
    if is_in_use():
        open_store().tidy()
