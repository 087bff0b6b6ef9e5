"""`manage.py run_periodic`: what must happen again and again, for a site without cron."""

import logging
import time
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.tasks import task_backends
from django_tasks_db import DatabaseBackend

from people.actions import process_mail

INTERVAL = 30  # seconds: nobody schedules an article to the second
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Publishes and withdraws what was scheduled, sends mail, and works off the queued tasks."""

    help = "Publishes scheduled pages, sends mail and runs queued tasks, again and again (or once)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do it once and end.")
        parser.add_argument(
            "--interval", type=float, default=INTERVAL, help=f"Seconds between rounds (default: {INTERVAL})."
        )

    def handle(self, *args: object, **options: object) -> None:
        if options["once"]:
            run_round()
            return
        self.stdout.write(
            f"Publishing what is scheduled, every {options['interval']:g} seconds. Stop with Ctrl-C."
        )
        try:
            while True:
                try:
                    run_round()
                except DatabaseError:
                    # The database may be away or locked for a while: the next round tries again.
                    logger.exception("A round of run_periodic failed")
                close_old_connections()
                time.sleep(options["interval"])
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")


def run_round() -> None:
    """Publish and expire what is due, send mail, then run the tasks that wait in the database, if any do."""
    call_command("publish_scheduled")
    process_mail()
    for name in task_backends.settings:
        if isinstance(task_backends[name], DatabaseBackend):
            call_command("db_worker", "--batch", "--queue-name", "*", "--backend", name, "--no-startup-delay")
