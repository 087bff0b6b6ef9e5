"""Settings for the test suite: cheap passwords, mail in memory, tasks at once, nothing left behind."""

import atexit
import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

# Whatever the site would write to disk goes to a folder that ends with the run, one for each process; a test
# shares its own with its children (`tests.children`).
SHARED = os.environ.get("SCRATCH_OF_TEST")
SCRATCH = Path(SHARED or tempfile.mkdtemp(prefix="parley-tests-"))
if not SHARED:
    atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ["PARLEY_DATA"] = str(SCRATCH)

from portal.settings.dev import *  # noqa: E402 - base reads PARLEY_DATA, set above
from portal.settings.dev import CACHES, DATABASES, STORAGES  # noqa: E402

# Seconds to wait for a lock or a server that is there: on a busy machine a writer may wait long for its turn.
# What happens when there is nothing to wait for is tried with waits of its own.
PATIENCE = 90

DEBUG = False
PAGE_STORE = False  # queries are counted; tests of the store ask for it
UNDO_SECONDS = 0  # decisions take effect at once; a test of the time to take them back says so by itself
TICKET_MIN_AGE = timedelta(0)  # a test that is too fast says so by itself
SECRET_KEY = "for-tests-only-" + 40 * "x"
DIGEST_KEY = "for-digests-in-tests-only-" + 40 * "x"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# Queries are counted: a cache in the database would count among them. It has tests of its own.
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and the test each have their own connection. It need not
    # survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["timeout"] = PATIENCE
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    )
else:
    # The live server's threads come and go; a connection kept for a minute would outlive the test database.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] |= {
        "connect_timeout": PATIENCE,
        "options": f"-c lock_timeout={PATIENCE}s -c statement_timeout={PATIENCE}s",
    }
