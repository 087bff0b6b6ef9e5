"""Fills the portal that is measured, and tells who may post there and where; `bench/portal.py` calls it.

Run with the settings under which the portal will be served: sessions and cookies are signed with its secret.
"""

import json
import secrets
from datetime import timedelta
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from bench.measure import timed
from blog.models import BlogIndexPage, BlogPage
from demo.actions import seed_load
from demo.cast import find_sign_in
from demo.factories.many_comments import open_article
from demo.factories.people import enrol
from dialogue.actions import ImportedAct, ImportedComment, import_comments
from dialogue.models import EventKind
from home.actions import setup_site
from people.devices import keep_token
from people.models import Device, Participant
from people.models.devices import DEVICE_LIFETIME

LANGUAGE = "fr"


def main(report: str, loads: list[int], guests: int) -> None:
    """Migrate, set up and fill; write to the file `report` what the bench has to know."""
    seconds: dict[str, float] = {}
    with timed(seconds, "migrate"):
        call_command("migrate", verbosity=0)
    with timed(seconds, "collectstatic"):
        call_command("collectstatic", interactive=False, verbosity=0)
    with timed(seconds, "setup_site"):
        setup_site()
    articles = {}
    for count in loads:
        with timed(seconds, f"seed_load --comments {count}"):
            articles[count] = addresses_of(seed_load(count, language=LANGUAGE))
    with timed(seconds, "guests"):
        cookies = gather_guests(guests)
    told = {
        "versions": f"Django {django.__version__}, Wagtail {wagtail.__version__}",
        "database": database_version(),
        "seconds": seconds,
        "articles": articles,
        "posted": addresses_of(seed_load(100, language=LANGUAGE)),
        "guest_cookie": settings.GUEST_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "guests": cookies,
        "employee": sign_in_employee(),
    }
    Path(report).write_text(json.dumps(told))


def addresses_of(page: BlogPage) -> dict[str, str]:
    with override(LANGUAGE):
        return {
            "pk": page.pk,
            "read": page.get_url(),
            "ticket": reverse("issue_ticket", args=[page.pk]),
            "post": reverse("create_comment", args=[page.pk]),
        }


def database_version() -> str:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if is_sqlite else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


@transaction.atomic
def gather_guests(count: int) -> list[dict[str, str]]:
    """Make guests of whom a comment is published and whose browsers are trusted; return their cookies."""
    now = timezone.now()
    hall = open_article(BlogIndexPage.objects.get(locale__language_code=LANGUAGE), 0)
    people = Participant.objects.bulk_create(
        Participant(
            name=f"Camille Roy {number}", email=f"{secrets.token_hex(8)}@example.org", verified_at=now
        )
        for number in range(count)
    )
    said_at = now - timedelta(days=2)
    import_comments(
        (
            ImportedComment(
                source=f"bench:{secrets.token_hex(8)}",
                page=hall,
                author=person,
                text="Bonjour.",
                said_at=said_at,
                words_language=LANGUAGE,
                acts=(ImportedAct(EventKind.PUBLISHED, said_at),),
            )
            for person in people
        ),
        by=None,
    )
    tokens = [secrets.token_urlsafe(32) for _person in people]
    Device.objects.bulk_create(
        Device(participant=person, digest=Device.digest_of(token), expires_at=now + DEVICE_LIFETIME)
        for person, token in zip(people, tokens, strict=True)
    )
    return [
        {"name": person.name, "email": person.email, "cookie": cookie_with(token)}
        for person, token in zip(people, tokens, strict=True)
    ]


def cookie_with(token: str) -> str:
    """Return what a guest's browser keeps of a device."""
    response = HttpResponse()
    keep_token(response, token)
    return response.cookies[settings.GUEST_COOKIE_NAME].value


def sign_in_employee() -> str:
    """Return the cookie of an employee who is signed in."""
    user, _is_new = enrol(find_sign_in("isaac"))
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
