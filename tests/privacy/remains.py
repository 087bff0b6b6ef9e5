"""Looking for what remains of somebody: wherever the portal keeps anything, however it is written.

A word is looked for by its root, without accents, endings and capitals: an index keeps it folded and stemmed,
and files write letters as bytes, numbers and signs of their own.
"""

import base64
import gzip
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from portal.editions import _memory
from privacy.actions.erasures import SQLITE_INDEX

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o"})  # which Unicode does not take apart
CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
SUFFIXES = ("", "-wal", "-journal")  # of what SQLite writes beside each other
OF_THE_DATABASE = re.compile(r"\.sqlite3")
MEMORY = "the memory of the process"
OF_POSTGRESQL = {"pg_catalog", "information_schema"}


def plain(text: str) -> str:
    """Return a text as its roots are looked for: every way of writing a letter has become that letter."""
    text = CODE.sub(lambda code: chr(int(code[1], 16)), text)
    text = unicodedata.normalize("NFKD", unquote(unescape(text)).casefold().translate(LETTERS))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def roots_in(text: str, roots: Iterable[str]) -> set[str]:
    found = plain(text)
    return {root for root in roots if root in found}


def places(since: float) -> Iterator[tuple[str, str]]:
    """Yield everything that the portal keeps: each place by a name, and what stands there.

    Of the files, those written `since` a moment: the others are of whatever ran before.
    """
    yield from rows()
    yield from database_files()
    yield "the terms of the search", terms_of_search()
    yield "the cache", cached()
    yield MEMORY, repr(list(_memory._things.values()))
    yield from kept_files(since)


def rows() -> Iterator[tuple[str, str]]:
    """Yield the rows of every table that the database has, whichever program made it."""
    with connection.cursor() as cursor:
        for table in tables(cursor):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names out of the catalogue
            yield f"table {table}", "\n".join(as_text(value) for row in cursor.fetchall() for value in row)


def as_text(value: object) -> str:
    return read(bytes(value)) if isinstance(value, bytes | memoryview) else str(value)


def read(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def tables(cursor: CursorWrapper) -> list[str]:
    if connection.vendor == "sqlite":
        return [f'"{name}"' for name in connection.introspection.table_names(cursor)]
    cursor.execute("SELECT schemaname, tablename FROM pg_catalog.pg_tables")
    found = cursor.fetchall()
    return [f'"{schema}"."{name}"' for schema, name in found if schema not in OF_POSTGRESQL]


def database_files() -> Iterator[tuple[str, str]]:
    """Yield the bytes of SQLite's file and its log: what was deleted may still stand there."""
    if connection.vendor == "sqlite":
        for suffix in SUFFIXES:
            path = Path(f"{connection.settings_dict['NAME']}{suffix}")
            if path.exists():
                yield "the file of the database", read(read_elsewhere(path))


def read_elsewhere(path: Path) -> bytes:
    """Return what a file of SQLite holds, read by another program.

    Closing such a file here would let go of every lock that this process has on it (POSIX).
    """
    return subprocess.run(["cat", path], capture_output=True, check=True).stdout  # noqa: S603, S607


def terms_of_search() -> str:
    """Return the terms that the index of the search knows: SQLite keeps them where no row shows them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', '{SQLITE_INDEX}', 'row')"
            )
            cursor.execute("SELECT term FROM temp.terms")
            found = cursor.fetchall()
            cursor.execute("DROP TABLE temp.terms")
        else:
            cursor.execute(
                "SELECT word FROM ts_stat("
                "'SELECT title || autocomplete || body FROM wagtailsearch_indexentry')"
            )
            found = cursor.fetchall()
    return "\n".join(term for (term,) in found)


def cached() -> str:
    """Return what stands in the table of the cache: pickled, and written in sixty-four letters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM portal_cache")
        found = cursor.fetchall()
    return "\n".join(f"{key} {read(base64.b64decode(value))}" for key, value in found)


def kept_files(since: float) -> Iterator[tuple[str, str]]:
    """Yield the files that the portal keeps: stored pages, cards, media, notes of erasures."""
    for folder, name, begun in (
        (settings.PAGE_STORE_DIR, "the page store", 0),
        (settings.VAR_DIR, "a file", since),
    ):
        for path in Path(folder).rglob("*"):
            is_of_database = OF_THE_DATABASE.search(path.name)
            if path.is_file() and not is_of_database and path.stat().st_mtime >= begun:
                content = path.read_bytes()
                yield name, f"{path} {read(gzip.decompress(content) if path.suffix == '.gz' else content)}"
