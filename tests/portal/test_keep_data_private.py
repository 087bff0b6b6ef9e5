"""What the portal keeps as files is read by its own user alone, but for what a proxy serves (R36)."""

import os
import runpy
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from portal.checks import check_data_is_private
from portal.settings.env import make_private_file, make_private_folder, sqlite

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _open_handed() -> Iterator[None]:
    """As most machines are: what is made may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_r36_the_folder_for_data_is_passed_through_and_media_are_closed(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PARLEY_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    runpy.run_path(str(ROOT / "portal/settings/base.py"))
    found = {path.name: rights(path) for path in [tmp_path / "data", *(tmp_path / "data").iterdir()]}
    assert found == {"data": "0o711", "media": "0o700", "parley.sqlite3": "0o600"}


def test_r36_sqlite_and_what_it_keeps_beside_are_closed(tmp_path) -> None:
    path = tmp_path / "parley.sqlite3"
    database = sqlite(str(path))
    with closing(sqlite3.connect(database["NAME"])) as connection:
        for pragma in database["OPTIONS"]["init_command"].split(";"):
            connection.execute(pragma)
        connection.execute("CREATE TABLE told (words TEXT)")
        connection.execute("INSERT INTO told VALUES ('hello')")
        connection.commit()
        made = {file.name: rights(file) for file in tmp_path.iterdir()}
    assert made == dict.fromkeys(("parley.sqlite3", "parley.sqlite3-wal", "parley.sqlite3-shm"), "0o600")


def test_r36_what_is_there_is_left_as_it_is(tmp_path) -> None:
    file, folder = tmp_path / "parley.sqlite3", tmp_path / "media"
    file.write_text("kept")
    folder.mkdir(mode=0o750)
    make_private_file(file)
    make_private_folder(folder)
    assert (file.read_text(), rights(file), rights(folder)) == ("kept", "0o644", "0o750")


def test_r36_a_database_in_a_folder_that_is_missing_is_no_fault_of_the_settings(tmp_path) -> None:
    assert sqlite(str(tmp_path / "nowhere/parley.sqlite3"))["NAME"]


@pytest.mark.parametrize(
    ("name", "mode", "is_told"),
    [
        ("parley.sqlite3", 0o600, False),
        ("parley.sqlite3", 0o640, True),
        ("parley.sqlite3", 0o604, True),
        ("media", 0o700, False),
        ("media", 0o750, True),
        ("media", 0o701, True),
    ],
)
def test_r36_whoever_deploys_is_told_what_others_could_read(
    settings, monkeypatch, tmp_path, name, mode, is_told
) -> None:
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, str(tmp_path / "media")
    database = settings.DATABASES["default"]  # as a site on SQLite has it, whatever these tests run on
    monkeypatch.setitem(database, "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(database, "NAME", str(tmp_path / "parley.sqlite3"))
    path = tmp_path / name
    path.mkdir() if name == "media" else path.touch()
    path.chmod(mode)
    told = check_data_is_private(None)
    assert [message.id for message in told] == ["portal.W004"] * is_told
    assert not is_told or f"chmod {'0700' if name == 'media' else '0600'} {path}" in told[0].hint
