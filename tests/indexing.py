"""The search index and the index of references, written when somebody looks into them.

To write both whenever something is saved is a third of the work of tests of pages, and few of them look. In a
test that is undone at its end these tasks wait until a statement names one of their tables; a test that
commits, or counts statements, waits for nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.tasks.backends.immediate import ImmediateBackend
from django.test.utils import CaptureQueriesContext
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

WAITS = {insert_or_update_object_task, update_reference_index_task}
TABLES = ("wagtailsearch_", "wagtailcore_referenceindex")
SAVEPOINT, UNDO = "SAVEPOINT ", "ROLLBACK TO SAVEPOINT "

ENQUEUE, BEGIN_TO_COUNT = ImmediateBackend.enqueue, CaptureQueriesContext.__enter__


class Later:
    """What waits, each task once for each object; and what is done, to be done anew where that is undone."""

    def __init__(self) -> None:
        self.waiting: dict[Any, Callable[[], Any]] = {}
        self.done: list[tuple[Any, Callable[[], Any]]] = []
        self.savepoints: dict[str, int] = {}  # by name, how much was done before each

    def enqueue(self, backend: ImmediateBackend, task: Any, args: Any, kwargs: Any) -> Any:
        if task not in WAITS or not _may_wait():
            return ENQUEUE(backend, task, args, kwargs)
        self.waiting[task, *args] = partial(ENQUEUE, backend, task, args, kwargs)
        return None

    def look(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict) -> Any:
        text = str(sql)
        if text.startswith(SAVEPOINT):
            self.savepoints[text.removeprefix(SAVEPOINT)] = len(self.done)
        elif text.startswith(UNDO):
            self.wait_again(self.savepoints.get(text.removeprefix(UNDO), 0))
        elif self.waiting and any(table in text for table in TABLES):
            self.catch_up()
        return execute(sql, params, many, context)

    def catch_up(self) -> None:
        waiting, self.waiting = self.waiting, {}
        self.done += waiting.items()
        for do in waiting.values():
            do()

    def wait_again(self, since: int) -> None:
        """Let wait what was done behind a savepoint: perhaps it was saved before."""
        self.waiting = dict(self.done[since:]) | self.waiting
        del self.done[since:]

    def begin_to_count(self, counter: CaptureQueriesContext) -> CaptureQueriesContext:
        self.catch_up()
        return BEGIN_TO_COUNT(counter)


def _may_wait() -> bool:
    is_undone = any(block._from_testcase for block in connection.atomic_blocks)
    return is_undone and not connection.force_debug_cursor


@contextmanager
def written_when_read() -> Iterator[None]:
    """Let what is to be written into the two wait meanwhile; what nobody has looked for is not written."""
    later = Later()
    with (
        # Functions, for a bound method would not be given the backend, nor the counter.
        patch.object(ImmediateBackend, "enqueue", lambda *given: later.enqueue(*given)),
        patch.object(CaptureQueriesContext, "__enter__", lambda counter: later.begin_to_count(counter)),
        connection.execute_wrapper(later.look),
    ):
        yield
