"""A mail server that fails on demand."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.processes import take_port

# Seconds for which the portal waits: long where an answer comes, however busy the machine that runs the tests
# is, and short where none will.
PATIENCE, IMPATIENCE = 60, 0.5


class FaultyMailServer:
    """A mail server that keeps what it takes; `behaviour` is asked before each message.

    It may take, refuse (550), later (451), hang, or drop: the message is taken and the line is cut.
    """

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.behaviour: Callable[[int], str] = lambda number: "take"
        self.port = 0
        self.connections = 0
        self.asked = 0
        self.faults = 0
        self.rest = Event()  # of those that hang

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was taken."""
        lines = (line for envelope in self.taken for line in envelope.content.decode().splitlines())
        return [line.split(":", 1)[1].strip() for line in lines if line.startswith("Message-ID:")]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        session.behaviour = self.behaviour(self.asked)
        self.asked += 1
        self.faults += session.behaviour != "take"
        if session.behaviour in {"refuse", "later"}:
            return "550 No such mailbox" if session.behaviour == "refuse" else "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if session.behaviour == "hang":
            await session.loop.run_in_executor(None, self.rest.wait)
            return "451 Too late"
        self.taken.append(envelope)
        if session.behaviour == "drop":
            server.transport.close()
        return "250 OK"


def send_to(port: int, timeout: float = PATIENCE) -> dict[str, Any]:
    """Return the settings by which the portal sends its mail to a port of this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    """The portal sends to an address where nobody listens."""
    settings.MAILERS = send_to(take_port())


@pytest.fixture
def mail_server(settings: Any) -> Iterator[FaultyMailServer]:
    """A real server on the loopback address, to which the portal sends during the test."""
    handler = FaultyMailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=take_port(), ready_timeout=PATIENCE)
    controller.start()
    handler.port = controller.port
    settings.MAILERS = send_to(handler.port)
    yield handler
    handler.rest.set()
    controller.stop()
