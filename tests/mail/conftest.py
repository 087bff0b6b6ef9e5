"""Participants to write to, and kinds of mail to write."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from wagtail import hooks

from dialogue import topics
from mail.models import OutgoingMail
from mail.outbox import MailItem, MailKind
from people.models import Participant

NOTICE, NEWS, CONFIRM = "test.notice", "test.news", "test.confirm"


def read_anything(mail: OutgoingMail) -> MailItem | None:
    """A message about number 13 has lost its cause; one about number 14 cannot be written."""
    if mail.cause_id == 13:
        return None
    if mail.cause_id == 14:
        raise ValueError("poison")
    return MailItem(
        subject=f"Nouvelle {mail.cause_id}",
        sentence=f"Voici la nouvelle {mail.cause_id}.",
        url=f"/fr/nouvelle/{mail.cause_id}/",
        link_label="Lire",
        quotation="Un mot\n\n<script>alert(1)</script>",
        quoted_name="Odile",
    )


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    kinds = (
        MailKind(NOTICE, "avis", read_anything),
        MailKind(NEWS, "nouvelles", read_anything, topic=topics.REPLIES),
        MailKind(CONFIRM, "confirmation", read_anything, for_unverified=True),
    )
    with hooks.register_temporarily("mail_kinds", lambda: kinds):
        yield


@pytest.fixture
def guest(site) -> Participant:
    """A guest whose address is confirmed."""
    return Participant.objects.create(
        name="Odile Grandmaison", email="odile@example.org", verified_at=timezone.now()
    )


@pytest.fixture
def unverified_guest(site) -> Participant:
    """Somebody typed this address; nobody knows who."""
    return Participant.objects.create(name="Quelqu’un", email="someone@example.org")
