"""`manage.py run_periodic`: what must happen again and again, for a site without cron."""

import logging
import time
from argparse import ArgumentParser

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.tasks import task_backends
from django_tasks_db import DatabaseBackend

from people.actions import process_mail
from portal.page_store import tidy

INTERVAL = 30  # seconds: nobody schedules an article to the second
RETENTION_APPLIED = "home.retention.applied"  # in the cache, which processes and rounds share
A_DAY = 24 * 60 * 60  # seconds
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Publishes and withdraws what was scheduled, sends mail, works off the queued tasks, and forgets."""

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
    """Publish and expire what is due, send mail, tidy, then run the tasks that wait in the database, if any.

    Once a day, whichever process comes first removes what has been kept for long enough.
    """
    call_command("publish_scheduled")
    process_mail()
    apply_retention_once_a_day()
    tidy()
    for name in task_backends.settings:
        if isinstance(task_backends[name], DatabaseBackend):
            call_command("db_worker", "--batch", "--queue-name", "*", "--backend", name, "--no-startup-delay")


def apply_retention_once_a_day() -> None:
    """Apply the rules of retention unless that was done of late. A run that failed is tried again."""
    if not cache.add(RETENTION_APPLIED, 1, timeout=A_DAY):
        return
    try:
        call_command("apply_retention")
    except BaseException:
        cache.delete(RETENTION_APPLIED)
        raise
