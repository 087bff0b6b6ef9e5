"""An article and a dialogue to talk about, and ways to speak."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue import consents
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.selections import Selection
from dialogue.tickets import Ticket, issue_ticket
from mail.models import ChoicePlace
from people.models import User
from privacy.actions import record_consent


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


@pytest.fixture
def in_french(settings, tmp_path) -> Iterator[None]:
    """What is said is French, and what is noted of erasures stays with the test."""
    settings.VAR_DIR = tmp_path
    with translation.override("fr"):
        yield


@pytest.fixture
def quoting_draft(articles_fr: Page, editor: User) -> Callable[..., FeaturedComment]:
    """A draft of the editor's that quotes a comment as was chosen; nobody has published it."""

    def write(comment: Comment, *, title: str = "La parole à Camille", **chosen: Any) -> FeaturedComment:
        quotation = quotation_of(comment, Selection(comment.public_id, **chosen))
        page = BlogPage(title=title, introduction="<p>Voici.</p>", owner=editor, live=False)
        page.body = [("featured_comment", {"quotation": quotation, "why": ""})]
        articles_fr.add_child(instance=page)
        page.save_revision(user=editor)
        return FeaturedComment.objects.get(page_id=page.pk)

    return write


@pytest.fixture
def inside(
    internal_dialogue: Page,
    internal_fr: Page,
    articles_fr: Page,
    employee: User,
    say: Callable[..., Comment],
) -> Comment:
    """What an employee said inside, who may be asked; the articles are for employees alone."""
    restriction = PageViewRestriction.objects.create(page=articles_fr, restriction_type="groups")
    restriction.groups.set(internal_fr.view_restrictions.get().groups.all())
    comment = say(internal_dialogue, "Les bancs manquent. On attend debout, au vent.", user=employee)
    record_consent(comment.participant, consents.ASK, is_given=True, place=ChoicePlace.ACCOUNT)
    return comment
