"""Participants to write to, kinds of mail to write, and a mail server with bad days."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from wagtail import hooks

from people.models import MailTopic, OutgoingMail, Participant
from people.outbox import MailItem, MailKind

TIMEOUT = 1  # seconds: how long the portal waits for a server that hangs
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
        MailKind(NEWS, "nouvelles", read_anything, topic=MailTopic.REPLIES),
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


class Moods:
    """A mail server that keeps what it takes; `mood` is asked before each message.

    Moods: take, refuse (550), later (451), hang, and drop: the message is taken and the line is cut.
    """

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.mood: Callable[[int], str] = lambda number: "take"
        self.asked = 0
        self.faults = 0

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was taken."""
        lines = (line for envelope in self.taken for line in envelope.content.decode().splitlines())
        return [line.split(":", 1)[1].strip() for line in lines if line.startswith("Message-ID:")]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        session.mood = self.mood(self.asked)
        self.asked += 1
        self.faults += session.mood != "take"
        if session.mood in {"refuse", "later"}:
            return "550 No such mailbox" if session.mood == "refuse" else "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if session.mood == "hang":
            await asyncio.sleep(4 * TIMEOUT)
            return "451 Too late"
        self.taken.append(envelope)
        if session.mood == "drop":
            server.transport.close()
        return "250 OK"


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    """The portal sends to an address where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": host, "port": port, "timeout": TIMEOUT},
        }
    }


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Moods]:
    """A real server on the loopback address, to which the portal sends during the test."""
    moods = Moods()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    controller = Controller(moods, hostname=host, port=port)
    controller.start()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": host, "port": port, "timeout": TIMEOUT},
        }
    }
    yield moods
    controller.stop()
