"""`manage.py read_bounce`: what the mail server does with a message that came back."""

import sys
from email import message_from_bytes
from email.policy import default

from django.core.management.base import BaseCommand

from mail.actions import read_bounce

MAX_SIZE = 1_000_000  # bytes: reports are short, and whoever sends a long one has something else in mind


class Command(BaseCommand):
    """Reads one delivery report or complaint from standard input."""

    help = "Reads a delivery report or a complaint from standard input, and stops writing to that address."

    def handle(self, *args: object, **options: object) -> None:
        report = message_from_bytes(sys.stdin.buffer.read(MAX_SIZE), policy=default)
        suppressed = read_bounce(report)
        self.stdout.write("Nothing to do." if suppressed is None else "The address is written to no more.")
