"""The connection to the mail server: one for many messages, as long as it works."""

import logging
import smtplib

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend

MESSAGES_ON_ONE = 100  # many servers take no more before they hang up
logger = logging.getLogger(__name__)


class MailConnection:
    """Opened for the first message; a new one is opened where the last one broke, or was used for long."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None
        self._sent = 0

    def send(self, message: EmailMultiAlternatives) -> None:
        """Send one message. Raises whatever the backend does; the next message gets a new connection then."""
        try:
            self._open().send_messages([message])
        except Exception:
            self.close()
            raise
        self._sent += 1

    def close(self) -> None:
        """Take leave of the server. What goes wrong with that changes nothing about what was sent."""
        backend, self._backend, self._sent = self._backend, None, 0
        if backend is not None:
            try:
                backend.close()
            except (OSError, smtplib.SMTPException) as error:
                # No warning: many servers hang up by themselves, and what was sent has been acknowledged.
                logger.info("SMTP: QUIT failed: %s", type(error).__name__)

    def _open(self) -> BaseEmailBackend:
        if self._sent >= MESSAGES_ON_ONE or not self._is_alive():
            self.close()
        if self._backend is None:
            self._backend = mailers.create_connection("default")
            self._backend.open()
        return self._backend

    def _is_alive(self) -> bool:
        """Whether the server still listens: it may have hung up since the last message (RFC 5321, 3.8)."""
        server = getattr(self._backend, "connection", None)
        # Backends that write to a file or to memory have no server to ask.
        if not isinstance(server, smtplib.SMTP):
            return True
        try:
            return server.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False
