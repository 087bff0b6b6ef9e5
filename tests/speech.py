"""Speaking under a page: one way for all tests."""

import secrets
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from demo.factories.people import verify_guest
from dialogue.actions import Submission, post_comment, publish_comment
from dialogue.models import Comment
from dialogue.origins import Origin
from people.actions import trust_device
from people.devices import keep_token
from people.models import Participant, User

ANYBODY, ANYTHING = "Odile Grandmaison", "Bonne idée."


def receive(
    page: Page, text: str = "", name: str = ANYBODY, *, user: User | None = None, **more: Any
) -> Comment:
    """Let a comment come in, and leave it where screening puts it; without a `text`, it says anything.

    It comes from `user`, or from a guest of that name, whose address is confirmed unless told otherwise
    (`is_verified`); `more` goes to the submission (`parent`, `email`, `may_quote`…) and to its origin.
    """
    origin = {
        name: more.pop(name) for name in ("is_verified", "signals", "network", "device") if name in more
    }
    if user is None:
        more |= {"name": name, "email": more.get("email") or f"{secrets.token_hex(6)}@example.org"}
        if origin.setdefault("is_verified", True):
            verify_guest(name, more["email"])
    more.setdefault("key", secrets.token_hex(16))
    text = text or (f"{ANYTHING} {more['key']}" if user else ANYTHING)  # nobody known says the same twice
    comment = post_comment(
        page, Submission(text=text, user=user or AnonymousUser(), origin=Origin(**origin), **more)
    )
    comment.refresh_from_db()
    return comment


def say(
    page: Page, text: str = "", name: str = ANYBODY, *, is_published: bool = True, **more: Any
) -> Comment:
    """Let a comment come in, and publish it unless told otherwise."""
    comment = receive(page, text, name, **more)
    if is_published:
        publish_comment(comment, by=None)
        comment.refresh_from_db()
    return comment


def browser_of(guest: Participant) -> Client:
    """Return a browser that is trusted for the address of `guest`."""
    client, response = Client(), HttpResponse()
    keep_token(response, trust_device(guest, browser="Firefox", system="Linux")[1])
    client.cookies.update(response.cookies)
    return client
