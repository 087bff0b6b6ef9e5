"""`manage.py run_periodic`: what must happen again and again, for a site without cron."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Callable

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.tasks import task_backends
from django_tasks_db import DatabaseBackend

from mail.actions import process_mail
from moderation.actions import carry_out_due, forget_attention, seal_decisions
from portal.models import FailingJob
from portal.page_store import tidy

INTERVAL = 30  # seconds: nobody schedules an article to the second
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
            if failed := run_round():
                raise CommandError(
                    f"Failed: {', '.join(failed)}. The log says why; the next round tries again."
                )
            return
        self.stdout.write(
            f"Publishing what is scheduled, every {options['interval']:g} seconds. Stop with Ctrl-C."
        )
        try:
            while True:
                run_round()
                # As Django does after a request: a connection that broke is opened anew by the next round.
                close_old_connections()
                time.sleep(options["interval"])
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")


def run_round() -> list[str]:
    """Do every job once, each by itself: one that raises holds up no other. Return the names of those.

    What raised is told in the log and counted (`FailingJob`, which `/readyz` reads out), and the next round
    tries it again: the database may have been away, or locked, for a while.
    """
    return [name for name, job in JOBS.items() if not _goes_well(name, job)]


def _goes_well(name: str, job: Callable[[], object]) -> bool:
    try:
        job()
    except Exception as error:
        logger.exception("Periodic job %s failed", name)
        _note(name, error)
        return False
    _note(name, None)
    return True


def _note(name: str, error: Exception | None) -> None:
    """Count a failure, or forget those before; where the database is what failed, the log has it already."""
    try:
        if error is None:
            FailingJob.objects.filter(name=name).delete()
        else:
            FailingJob.note(name, error)
    except DatabaseError:
        logger.exception("SQL: the outcome of periodic job %s could not be stored", name)


def once_a_day(command: str) -> None:
    """Call a command unless that was done of late. A run that failed is tried again."""
    done = f"home.periodic.{command}"  # in the cache, which processes and rounds share
    if not cache.add(done, 1, timeout=A_DAY):
        return
    try:
        call_command(command)
    # Also where the process is stopped in the middle.
    except BaseException:
        cache.delete(done)
        raise


def run_queued_tasks() -> None:
    """Run the tasks that wait in the database, where a backend keeps them there."""
    for name in task_backends.settings:
        if isinstance(task_backends[name], DatabaseBackend):
            call_command("db_worker", "--batch", "--queue-name", "*", "--backend", name, "--no-startup-delay")


# In this order: what readers wait for comes first.
JOBS: dict[str, Callable[[], object]] = {
    "decisions": carry_out_due,
    "schedule": lambda: call_command("publish_scheduled"),
    "mail": process_mail,
    "log": seal_decisions,
    "attention": forget_attention,
    "retention": lambda: once_a_day("apply_retention"),
    "learner": lambda: once_a_day("learn_from_decisions"),
    "page store": tidy,
    "tasks": run_queued_tasks,
}
