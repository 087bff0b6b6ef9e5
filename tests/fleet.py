"""The portal as processes of their own, on the database of this one: what they write, a test sees."""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import override_settings

from bench.cast import addresses_of, gather_guests
from bench.portal import Portal
from blog.models import BlogPage

GUEST_COOKIE = "__Host-guest"  # production's name for it, with which it is signed


def portal_beside(folder: Path, article: BlogPage, guests: int, **environment: str) -> Portal:
    """Return a portal, not yet started, with so many guests who may post under `article` at once."""
    portal = Portal(
        folder,
        address_of_database(),
        DJANGO_SETTINGS_MODULE="tests.scale.settings",
        SECRET_KEY=settings.SECRET_KEY,
        **environment,
    )
    with override_settings(GUEST_COOKIE_NAME=GUEST_COOKIE):
        cookies = gather_guests(guests)
    portal.told = {"guests": cookies, "guest_cookie": GUEST_COOKIE, "posted": addresses_of(article)}
    return portal


def address_of_database() -> str:
    """Return the address of the test database, for other processes."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user, password = quote(given["USER"]), f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else ""
    host = given["HOST"] or given["OPTIONS"].get("host", "")  # a folder of sockets is an option
    if host.startswith("/"):
        return f"postgresql://{user}{password}@/{given['NAME']}?host={host}"
    return f"postgresql://{user}{password}@{host}:{given['PORT'] or 5432}/{given['NAME']}"
