"""An article and a dialogue to talk about, and ways to speak."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from dialogue.tickets import Ticket, issue_ticket


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
