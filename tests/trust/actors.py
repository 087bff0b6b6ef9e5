"""The nine who ask: what each of them brings along in their browser."""

import os
from dataclasses import dataclass, field
from typing import ClassVar

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import Client

from demo.cast import EMPLOYEES, SHIP_CREWS
from demo.factories.people import group_of
from people.actions import trust_device
from people.devices import keep_token
from people.models import Participant, User
from tests.trust.public_site import PublicSite

# In the order in which the table of `matrix.toml` gives its answers.
ACTORS = (
    "anonymous",
    "visitor",  # a guest who has confirmed an address; the comments of guests here are theirs
    "other_visitor",
    "employee",  # of the ship crews
    "employee_outside",  # an employee, but not of the crews: outside of the crews' own dialogue
    "editor",
    "moderator",
    "administrator",
    "former_employee",  # was of the crews; the session is from before the account was disabled
)


class Browser(Client):
    """A client of Django's tests that asks through the middleware which the one before has set up.

    Setting it up takes a tenth of the time of a proof; it is done anew under other settings and in a child.
    Whatever is raised is answered, as to a browser.
    """

    shared: ClassVar[tuple[object, int, bool, BaseHandler] | None] = None

    def __init__(self, *, enforce_csrf_checks: bool = False, address: str = "127.0.0.1") -> None:
        super().__init__(enforce_csrf_checks, raise_request_exception=False, REMOTE_ADDR=address)
        where = (settings._wrapped, os.getpid(), enforce_csrf_checks)
        if Browser.shared is None or Browser.shared[:3] != where:
            Browser.shared = (*where, self.handler)
        self.handler = Browser.shared[3]


@dataclass(frozen=True)
class Actor:
    """Somebody with a browser."""

    name: str
    cookies: dict[str, str] = field(default_factory=dict)

    def open_browser(self) -> Client:
        """Return a browser that holds their cookies and nothing of what was looked at before."""
        client = Browser()
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client


def gather_actors(public_site: PublicSite) -> dict[str, Actor]:
    """Let everybody sign in or confirm their address; then the former employee leaves."""
    former = public_site.users["former_employee"]
    former.groups.set(map(group_of, (EMPLOYEES, SHIP_CREWS)))
    User.objects.filter(pk=former.pk).update(is_active=True)
    former.refresh_from_db()
    actors = {}
    for name in ACTORS:
        if name in public_site.guests:
            actors[name] = Actor(name, confirm_browser(public_site.guests[name]))
        elif name in public_site.users:
            actors[name] = Actor(name, sign_in(public_site.users[name]))
        else:
            actors[name] = Actor(name)
    User.objects.filter(pk=former.pk).update(is_active=False)
    return actors


def sign_in(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def confirm_browser(guest: Participant) -> dict[str, str]:
    _device, token = trust_device(guest, browser="Firefox", system="Linux")
    response = HttpResponse()
    keep_token(response, token)
    return {settings.GUEST_COOKIE_NAME: response.cookies[settings.GUEST_COOKIE_NAME].value}
