"""What a kept page depends on besides the database: the release, its settings, and that no purge was lost.

Each stamp has a folder of its own, so that a new release never shows a page of the former one, and two
releases can serve beside each other while one takes over. The number of this start of the machine belongs to
it: after a power cut, a purge may not have reached the disk.
"""

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import django
import wagtail
from django.conf import settings

BOOT = Path("/proc/sys/kernel/random/boot_id")
OF_RELEASE = {".py", ".html", ".mo", ".css", ".txt"}
NOT_OF_PAGES = ("SECRET", "PASSWORD")  # no page depends on them, and a digest of them is no folder's name


def current_stamp() -> str:
    """Return the name of this release with these settings on this machine since it was started."""
    digest = sha256(BOOT.read_bytes() if BOOT.exists() else b"")
    digest.update(repr((sys.version, django.get_version(), wagtail.__version__)).encode())
    for line in (*_variables(), *_files()):
        digest.update(line.encode())
    return digest.hexdigest()[:16]


def _variables() -> Iterator[str]:
    for name, value in sorted(os.environ.items()):
        if name.startswith("PARLEY_") and not any(word in name for word in NOT_OF_PAGES):
            yield f"{name}={value}\n"
    yield f"{os.environ.get('DJANGO_SETTINGS_MODULE')}\n"


def _files() -> Iterator[str]:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    folders = [Path(settings.BASE_DIR, name) for name in (*settings.INSTALLED_APPS, "templates", "locale")]
    paths = [path for folder in folders for path in folder.rglob("*")]  # of an app of others, there is none
    for path in sorted({manifest, *(path for path in paths if path.suffix in OF_RELEASE)}):
        if path.exists():
            known = path.stat()
            yield f"{path} {known.st_mtime_ns} {known.st_size}\n"
