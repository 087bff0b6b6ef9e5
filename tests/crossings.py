"""Acts at the same moment on PostgreSQL, each on a connection of its own; none waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic, sleep

from django.db import connection, transaction

PATIENCE = 8  # seconds, until an act that waits gives up
WAITING = """
    SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE datname = current_database() AND NOT granted
"""


def count_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction, it is looked at once
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


def wait_until(count: int) -> None:
    """Wait until so many others wait for a lock."""
    end = monotonic() + PATIENCE
    while count_waiting() < count:
        assert monotonic() < end, f"Fewer than {count} acts wait for a lock: the test does not cross them."
        sleep(0.02)


def with_patience(act: Callable[[], object]) -> object:
    """Do `act` on a connection of its own, on which nothing waits for ever."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
        return act()
    finally:
        connection.close()


def cross(*acts: Callable[[], object], behind: Callable[[], object]) -> list[object]:
    """Begin each of `acts`, in turn, while what `behind` locks holds them up; then let all of them go on."""
    with ThreadPoolExecutor(len(acts)) as threads, ExitStack() as held:
        held.enter_context(transaction.atomic())
        behind()
        begun = []
        for number, act in enumerate(acts, 1):
            begun.append(threads.submit(with_patience, act))
            wait_until(number)
        held.close()
        return [act.result(timeout=2 * PATIENCE) for act in begun]
