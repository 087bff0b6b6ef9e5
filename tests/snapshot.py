"""A copy of the test database, laid back after each test that commits.

Django would empty every table instead, and lose what the migrations and `setup_site` made. A copy also
brings the sequences back, and lets tests that commit run in any order among the others.
"""

import hashlib
import os
import sqlite3
from contextlib import closing
from importlib.metadata import distributions
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import connection, connections


class Snapshot:
    """The state of the test database at the moment of its making."""

    def __init__(self) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.copy = f"{self.name}_copy"
        self.is_file = connection.vendor == "sqlite"
        connections.close_all()
        if self.is_file:
            copy_file(self.name, self.copy)
        else:
            copy_database(self.name, self.copy)

    def restore(self) -> None:
        """Make the test database what it was, whoever still holds a connection to it."""
        connections.close_all()
        if self.is_file:
            copy_file(self.copy, self.name)
        else:
            copy_database(self.copy, self.name)

    def discard(self) -> None:
        """Remove the copy; a file goes with the folder that holds it."""
        if not self.is_file:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')


def copy_file(source: str, target: str) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
        old.backup(new)


def copy_database(source: str, target: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def all_rows() -> dict[str, str]:
    """Return all rows of the portal, by table; sessions are left out, for a look prolongs them."""
    return {
        model._meta.label: serializers.serialize("json", model._default_manager.order_by("pk"))
        for model in apps.get_models()
        if model is not Session and model._meta.managed
    }


# --- Migrated once -------------------------------------------------------------------------------


def find_migrated(folder: Path) -> Path:
    """Return the place of a migrated SQLite file that belongs to the migrations and packages of this moment.

    Wagtail's two hundred migrations take twenty seconds; a file made by the same ones spares them.
    """
    digest = hashlib.sha256(repr(sorted(f"{d.name}{d.version}" for d in distributions())).encode())
    digest.update(repr(settings.INSTALLED_APPS).encode())
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return folder / f"{digest.hexdigest()[:16]}.sqlite3"


def keep_migrated(path: Path) -> None:
    """Keep the test database, just migrated, for the next run; older ones go."""
    for other in path.parent.glob("*.sqlite3"):
        other.unlink(missing_ok=True)
    scratch = path.with_suffix(f".{os.getpid()}")
    copy_file(str(connection.settings_dict["NAME"]), str(scratch))
    scratch.replace(path)
