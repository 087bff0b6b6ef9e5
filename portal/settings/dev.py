"""Settings for a developer's machine and for `make demo`: one process, one file, mail in a folder."""

from portal.settings.base import *
from portal.settings.base import INSTALLED_APPS, STORAGES, VAR_DIR
from portal.settings.env import make_private_folder, read_switch

DEBUG = read_switch("PARLEY_DEBUG", True)
PAGE_STORE = read_switch("PARLEY_PAGE_STORE", not DEBUG)  # a template that is being written shows at once
SECRET_KEY = "for-development-only-never-for-a-real-site"  # noqa: S105
DIGEST_KEY = "for-digests-in-development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {
    "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "mail"]}
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(make_private_folder(VAR_DIR / "mail"))},
    }
}
# Without `collectstatic`, and with the readers' error pages where PARLEY_DEBUG is off.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# Errors are told whether or not PARLEY_DEBUG is on; what each task and each page did is not.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
