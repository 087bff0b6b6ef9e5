"""Settings that every environment shares.

Values that differ from one installation to the next are read from the environment by `portal.settings.env`
and documented, one by one, in `docs/reference/settings.md`; a test holds the two together. What has a noun of
its own stands in the module of that name beside this one, and is gathered here.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.settings.accounts import *
from portal.settings.apps import *
from portal.settings.browsers import *
from portal.settings.cms import *
from portal.settings.editions import *
from portal.settings.env import (
    make_private_folder,
    read_database,
    read_mail_address,
    read_number,
    read_redis_url,
    read_switch,
    read_text,
    read_time_zone,
)
from portal.settings.limits import *
from portal.settings.provider import *
from portal.settings.retention import *

# Numpy, which openpyxl loads where it is installed, would keep a thread for each processor in each process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(read_text("PARLEY_DATA", str(BASE_DIR / "var"))).resolve()
# A proxy passes through it to `static` and `pages`, and lists nothing. The rest is for our own user alone.
VAR_DIR.mkdir(mode=0o711, parents=True, exist_ok=True)

ROOT_URLCONF = "portal.urls"
FORCE_SCRIPT_NAME = ""  # the portal stands at the root of its host, whatever a server or a header says
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["portal.templatetags.date_tags"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {"default": read_database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'parley.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = read_redis_url("REDIS_URL")
# Shared by every process, so that limits hold without Redis; the table comes with a migration. Past so many
# rows, what has expired is deleted and nothing else ever: Django would throw out a third of the others, and
# counters of failed sign-ins, used codes and attempts that may be made once are among them.
TABLE_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "portal_cache",
    "OPTIONS": {"MAX_ENTRIES": 2_000, "CULL_FREQUENCY": sys.maxsize},
}
CACHES = {"default": TABLE_CACHE}
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "portal.caches.SteadyRedisCache", "LOCATION": REDIS_URL},
        "fallback": TABLE_CACHE,  # while Redis is unavailable
    }
# Wagtail notes the renditions that it shows at each view, with all that is known of the picture. Every
# process keeps its own: in a table each reading would write, and what is internal stays out of a shared one.
CACHES["renditions"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "renditions",
    "OPTIONS": {"MAX_ENTRIES": 2_000},
}

# Public pages are kept as files, on each machine, until something changes them.
PAGE_STORE = read_switch("PARLEY_PAGE_STORE", True)
PAGE_STORE_DIR = VAR_DIR / "pages"
# Caches elsewhere, such as a content network, are added here by their Wagtail names and purged with ours.
WAGTAILFRONTENDCACHE = {"page_store": {"BACKEND": "portal.page_store.PageStoreBackend"}}
WAGTAILFRONTENDCACHE_LANGUAGES: list[str] = []  # a page of one language is not another's: purge what is named

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = make_private_folder(VAR_DIR / "media")  # served by the application, which asks who may see it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Beside the media, which all machines share: who was erased is known to each of them after a restore.
    "erasures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": MEDIA_ROOT / "erasures",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

# A person pastes a long text, not a library: beyond this a request is answered with our 413 page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
USE_I18N = USE_TZ = True
TIME_ZONE = read_time_zone("PARLEY_TIME_ZONE", "America/Toronto")
WAGTAIL_I18N_ENABLED = True

# --- Mail ---------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = read_mail_address("PARLEY_MAIL_FROM", "parley@localhost.localdomain")
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL

# --- The conversation ---------------------------------------------------------------------------

# What is sent sooner after its form was first used is held for a moderator, never refused.
TICKET_MIN_AGE = timedelta(seconds=3)

# A moderator's decision takes effect so many seconds after it was made, and may be taken back until then.
UNDO_SECONDS = read_number("PARLEY_UNDO_SECONDS", 10, at_least=0, at_most=120)

# Screening learns from the moderators' decisions which words they refuse; alone, that holds nothing.
LEARNS_FROM_DECISIONS = read_switch("PARLEY_LEARNS_FROM_DECISIONS", True)

# A guest's browser that has confirmed an address carries this cookie; whoever only reads has none.
GUEST_COOKIE_NAME = "guest"
GUEST_COOKIE_SECURE = False

# How many proxies of ours stand in front of the application: the addresses that they report are believed.
TRUSTED_PROXIES = read_number("PARLEY_TRUSTED_PROXIES", 0, at_least=0, at_most=10)
