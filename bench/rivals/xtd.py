"""django-comments-xtd as its tutorial sets it up: one article to a page, every comment shown as a tree.

Run by the interpreter that has it: `python xtd.py FOLDER COUNT…` fills a site and tells its addresses;
gunicorn serves `application`.
"""

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

sys.path.insert(0, str(Path(__file__).parent))
FOLDER = Path(os.environ.get("BENCH_FOLDER") or sys.argv[1])
PAGE = """{% load comments comments_xtd %}<!doctype html>
<html lang="en"><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>{{ page.content }}
{% get_comment_count for page as count %}<h2>{{ count }} comments</h2>
{% render_comment_form for page %}{% render_xtdcomment_tree for page %}</body></html>"""

settings.configure(
    DEBUG=False,
    SECRET_KEY="a-secret-of-the-bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SITE_ID=1,
    USE_TZ=True,
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
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.sites",
        "django.contrib.flatpages",
        "rest_framework",
        "django_comments_xtd",
        "django_comments",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ]
            },
        }
    ],
    COMMENTS_APP="django_comments_xtd",
    COMMENTS_XTD_MAX_THREAD_LEVEL=3,
    COMMENTS_XTD_CONFIRM_EMAIL=False,
    COMMENTS_XTD_APP_MODEL_OPTIONS={"default": {"who_can_post": "all", "allow_flagging": True}},
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
)
application = get_wsgi_application()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 - the settings stand above
from django.contrib.flatpages.models import FlatPage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_comments_xtd.models import XtdComment  # noqa: E402
from words import SENTENCES, remarks  # noqa: E402

template = engines["django"].from_string(PAGE)


def show(request, slug):
    page = get_object_or_404(FlatPage, url=f"/{slug}/")
    return HttpResponse(template.render({"page": page}, request))


urlpatterns = [path("comments/", include("django_comments_xtd.urls")), path("<slug:slug>/", show)]


@transaction.atomic
def fill(count):
    page = FlatPage.objects.create(url=f"/article-{count}/", title="An article", content=" ".join(SENTENCES))
    page.sites.add(1)
    stored = []
    for name, text, parent in remarks(count):
        above = stored[parent] if parent is not None else None
        if above is not None and above.level == settings.COMMENTS_XTD_MAX_THREAD_LEVEL:
            above = next(one for one in stored if one.pk == above.parent_id)
        comment = XtdComment(
            content_type=ContentType.objects.get_for_model(FlatPage),
            object_pk=str(page.pk),
            site_id=1,
            user_name=name,
            user_email=f"{name.lower()}@example.org",
            comment=text,
            submit_date=timezone.now(),
            parent_id=above.pk if above else 0,
        )
        comment.save()
        stored.append(comment)
    return page.url


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    reads = {count: fill(int(count)) for count in sys.argv[2:]}
    told = {
        "version": f"django-comments-xtd {__import__('django_comments_xtd').get_version()}",
        "django": django.__version__,
        "reads": reads,
        "texts": [str(FOLDER / "site.sqlite3"), "SELECT comment FROM django_comments"],
    }
    (FOLDER / "site.json").write_text(json.dumps(told))
