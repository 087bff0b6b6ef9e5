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

from blog.models import BlogPage
from demo.factories.people import verify_guest
from dialogue.actions import Submission, post_comment, publish_comment
from dialogue.models import Comment, DialoguePage
from dialogue.tickets import Ticket, issue_ticket


@pytest.fixture
def article(articles_fr: Page) -> BlogPage:
    """A published article in French that takes comments."""
    page = BlogPage(title="Le quai sera refait", introduction="<p>Les travaux commencent en mars.</p>")
    articles_fr.add_child(instance=page)
    page.save_revision().publish()
    return BlogPage.objects.get(pk=page.pk)


@pytest.fixture
def dialogue(dialogues_fr: Page) -> DialoguePage:
    """A public dialogue, open since yesterday."""
    return _dialogue(dialogues_fr, "Quel horaire pour l’hiver ?")


@pytest.fixture
def internal_dialogue(internal_fr: Page) -> DialoguePage:
    """A dialogue among employees, open since yesterday."""
    return _dialogue(internal_fr, "Que changer aux quarts de nuit ?")


def _dialogue(section: Page, question: str) -> DialoguePage:
    page = DialoguePage(title=question, question=question, opens_at=timezone.now() - timedelta(days=1))
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


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
