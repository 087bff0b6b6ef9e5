"""An article and a dialogue to talk about, and ways to speak."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from demo.factories.people import verify_guest
from dialogue.actions import Submission, post_comment, publish_comment
from dialogue.models import Comment
from dialogue.tickets import Ticket, issue_ticket


@pytest.fixture
def say() -> Callable[..., Comment]:
    """Post a comment under a page, and publish it unless told otherwise: `say(article, "…", parent=…)`."""

    def say_it(page: Page, text: str = "Bonne idée.", *, is_published: bool = True, **more: Any) -> Comment:
        user = more.pop("user", AnonymousUser())
        if not user.is_authenticated:
            more.setdefault("name", "Camille Roy")
            more.setdefault("email", f"{secrets.token_hex(6)}@example.org")
            if more.setdefault("is_verified", True):
                verify_guest(more["name"], more["email"])
        more.setdefault("key", secrets.token_hex(16))
        comment = post_comment(page, Submission(text=text, user=user, **more))
        if is_published:
            publish_comment(comment, by=None)
        comment.refresh_from_db()
        return comment

    return say_it


@pytest.fixture
def ticket_for() -> Callable[[Page], Ticket]:
    """A ticket as the form has it a minute after it was first used."""

    def make(page: Page, age: timedelta = timedelta(minutes=1)) -> Ticket:
        with time_machine.travel(timezone.now() - age, tick=False):
            return issue_ticket(page.pk)

    return make


@pytest.fixture
def send(client: Client, ticket_for: Callable[..., Ticket]) -> Callable[..., Any]:
    """Send the form of a page over HTTP as it comes from the preview: `send(article, text="…")`."""

    def send_it(page: Page, by: Client = client, ticket: Ticket | None = None, **fields: Any) -> Any:
        ticket = ticket or ticket_for(page)
        data = {
            "text": "Les bancs manquent à l’abri du vent.",
            "name": "Camille Roy",
            "email": "camille@example.org",
            "ticket_key": ticket.key,
            "ticket_time": ticket.time,
            **fields,
        }
        return by.post(reverse("create_comment", args=[page.pk]), data)

    return send_it
