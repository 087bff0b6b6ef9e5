"""`manage.py process_mail`: send what waits in the outbox."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from mail.actions import process_mail

LIMIT = 1_000


class Command(BaseCommand):
    """Sends the messages that are due; `run_periodic` does it every half minute."""

    help = "Sends the messages that are due, and says what became of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit", type=int, default=LIMIT, help=f"At most so many messages (default: {LIMIT})."
        )

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(str(process_mail(limit=options["limit"])))
