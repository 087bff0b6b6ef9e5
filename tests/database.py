"""The database of the tests: made once for a run, copied for each worker, laid back after tests that commit.

Django would migrate for each worker, and empty every table after a test that commits: what the migrations,
`setup_site` and `tests.world` put there would be lost.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management import call_command
from django.db import connection, connections, transaction

from tests.world import lay_out


class Snapshot:
    """The state of the database in use at the moment of its making, kept under a name."""

    def __init__(self, kept_as: str) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.copy = f"{self.name}_{kept_as}"
        copy_database(self.name, self.copy)

    def restore(self) -> None:
        """Make the database what it was, whoever still holds a connection to it."""
        copy_database(self.copy, self.name)


def make_database(shared: Path, kept: Path | None) -> None:
    """Use a database of this process alone, a copy of the one that the first process of the run makes.

    The processes of a run share one folder, and all runs on this machine the other one, where there is one.
    """
    template = make_template(shared, kept)
    if is_file():
        own = str(connection.settings_dict["TEST"]["NAME"])
    else:
        own = f"{template.removesuffix('_template')}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    copy_database(template, own)
    use_database(own)


def make_template(shared: Path, kept: Path | None) -> str:
    """Make what the processes of the run copy, unless one of them has made it; return its name."""
    made = shared / "database.made"
    with made.open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        if name := mark.read():
            return name
        name = f"test_{connection.settings_dict['NAME']}_template"
        if is_file():
            name = str(shared / "template.sqlite3")
        drop_database(name)
        migrate(name, kept)
        lay_out()
        mark.write(name)
    connections.close_all()
    return name


def migrate(name: str, kept: Path | None) -> None:
    """Make a migrated database, and use it.

    Wagtail's two hundred migrations take twenty seconds; on SQLite a file made by the same ones spares them.
    """
    path = kept and is_file() and kept / f"{_digest_of_migrations()}.sqlite3"
    if path and path.exists():
        copy_database(str(path), name)
        use_database(name)
        return
    if not is_file():
        execute(f'CREATE DATABASE "{name}"')
    use_database(name)
    call_command("migrate", interactive=False, verbosity=0)
    if path:
        for other in path.parent.glob("*.sqlite3"):
            other.unlink(missing_ok=True)
        scratch = path.with_suffix(f".{os.getpid()}")
        copy_database(name, str(scratch))
        scratch.replace(path)


def _digest_of_migrations() -> str:
    """Return what tells the migrations and the packages of this moment from those of another."""
    digest = hashlib.sha256(repr(sorted(f"{d.name}{d.version}" for d in distributions())).encode())
    digest.update(repr(settings.INSTALLED_APPS).encode())
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def for_a_while() -> Iterator[None]:
    """Take back, at the end of the block, what it wrote; blocks inside take back what is theirs."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- On both kinds of database -------------------------------------------------------------------


def is_file() -> bool:
    return connection.vendor == "sqlite"


def use_database(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def copy_database(source: str, target: str) -> None:
    """Make one database what the other is; nobody else uses the source."""
    connections.close_all()
    if is_file():
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
            old.backup(new)
        return
    drop_database(target)
    execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop_database(name: str) -> None:
    """Remove a database if it is there, whoever still uses it."""
    if is_file():
        Path(name).unlink(missing_ok=True)
    else:
        execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def execute(statement: str) -> None:
    """Execute a statement about databases, in none of them."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def all_rows() -> dict[str, str]:
    """Return all rows of the portal, by table; sessions are left out, for a look prolongs them."""
    return {
        model._meta.label: serializers.serialize("json", model._default_manager.order_by("pk"))
        for model in apps.get_models()
        if model is not Session and model._meta.managed
    }
