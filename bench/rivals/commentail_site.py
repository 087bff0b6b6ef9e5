"""Commentail on Wagtail as its quick start sets it up, for people with an account, published at once.

Run by the interpreter that has it: `python commentail_site.py FOLDER COUNT…` fills a site and tells its
addresses; gunicorn serves `application`.
"""

import json
import os
import sys
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import wagtail
from django.conf import settings
from django.core.wsgi import get_wsgi_application

sys.path.insert(0, str(Path(__file__).parent))
FOLDER = Path(os.environ.get("BENCH_FOLDER") or sys.argv[1])
PEOPLE = 700  # everybody posts once: half a minute must lie between two comments of one person
PAGE = """{% load commentail_tags %}<!doctype html><html lang="en"><head><title>{{ page.title }}</title>
{% commentail_css %}{% commentail_js %}</head>
<body><h1>{{ page.title }}</h1>{% commentail page %}</body></html>"""

(FOLDER / "templates" / "wagtailcore").mkdir(parents=True, exist_ok=True)
(FOLDER / "templates" / "wagtailcore" / "page.html").write_text(PAGE)
settings.configure(
    DEBUG=False,
    SECRET_KEY="a-secret-of-the-bench-that-is-long-enough-to-be-one",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    STATIC_URL="/static/",
    STATIC_ROOT=str(FOLDER / "static"),
    WAGTAIL_SITE_NAME="Rival",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "site.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    },
    INSTALLED_APPS=[
        "commentail",
        "wagtail.contrib.settings",
        "wagtail.users",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.search",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        "django_filters",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "django.contrib.staticfiles",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "commentail.middleware.CapabilityHeadersMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [FOLDER / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    COMMENTAIL={"default": {"TRUSTED_PROXIES": ["127.0.0.1/32"]}},
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
)
application = get_wsgi_application()

from commentail.models import Comment, Discussion, Policy, SiteCommentSettings  # noqa: E402 - settings above
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail import urls as wagtail_urls  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402
from words import remarks  # noqa: E402

urlpatterns = [path("commentail/", include("commentail.urls")), path("", include(wagtail_urls))]


@transaction.atomic
def fill(count):
    site = Site.objects.get(is_default_site=True)
    page = Page(title="An article", slug=f"article-{count}")
    site.root_page.add_child(instance=page)
    discussion = Discussion.objects.create(site=site, page=page)
    began, stored = timezone.now() - timedelta(days=1), []
    for number, (name, text, parent) in enumerate(remarks(count)):
        above = stored[parent] if parent is not None else None
        comment = Comment.objects.create(
            discussion=discussion,
            guest_name=name,
            email=f"{name.lower()}@example.org",
            email_confirmed_at=began,
            text=text,
            status=Comment.Status.PUBLISHED,
            root=(above.root or above) if above else None,
            reply_to=above,
            published_at=began + timedelta(seconds=number),
        )
        stored.append(comment)
    return f"/article-{count}/"


@transaction.atomic
def enrol():
    """Give people an account and sign them in; return the keys of their sessions."""
    keys = []
    for number in range(PEOPLE):
        user = get_user_model().objects.create(username=f"person-{number}", password="!")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    SiteCommentSettings.objects.create(site=Site.objects.get(is_default_site=True), moderation=Policy.NONE)
    reads = {count: fill(int(count)) for count in sys.argv[2:]}
    told = {
        "version": f"Commentail {version('commentail')} on Wagtail {wagtail.__version__}",
        "reads": reads,
        "sessions": enrol(),
        "texts": [str(FOLDER / "site.sqlite3"), "SELECT text FROM commentail_comment"],
    }
    (FOLDER / "site.json").write_text(json.dumps(told))
