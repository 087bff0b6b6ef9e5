"""The mailbox of development: what the portal would have sent, to read in the browser."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 50
SEPARATOR = b"\n" + 79 * b"-" + b"\n"  # Django's backend for files ends every message with it


@never_cache
@require_safe
def show_mailbox(request: HttpRequest) -> HttpResponse:
    """Show the latest messages in the folder of mail, the newest first."""
    return render(request, "demo/mailbox.html", {"messages_sent": read_messages()})


def read_messages() -> list[dict[str, Any]]:
    """Return the latest messages as they would arrive: to whom, when, what, and in which words."""
    files = sorted(mail_folder().glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    messages = [
        message_from_bytes(raw.strip(), policy=default)
        for file in files[:SHOWN]
        for raw in reversed(file.read_bytes().split(SEPARATOR))
        if raw.strip()
    ]
    return [_describe(message) for message in messages[:SHOWN]]


def mail_folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


def _describe(message: EmailMessage) -> dict[str, Any]:
    text = message.get_body(("plain",))
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "sent_at": parsedate_to_datetime(message["Date"]),
        "text": text.get_content() if text else "",
    }
