"""Children of a test: programs of their own, which share its database and files, and nothing else.

Forking the process of a test would copy what cannot be shared: threads that hold locks, connections to the
database, the event loop of the browser's driver. (Where that loop runs, Django keeps the connections of a
thread in another place than where it does not. It does not run in a fork, which would go on with a connection
from before the browser was started.) Children come from a server of processes, which has loaded the portal
and what tells languages, and done nothing else.
"""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.test.utils import setup_test_environment

if not (is_in_test := apps.ready):  # but in the server of processes
    django.setup()
    setup_test_environment()

from django.db import connections
from django.test import override_settings

from portal.languages import load_identifier

if not is_in_test:
    load_identifier()  # a second, which every child that takes a comment would spend

FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(["tests.children", "portal.urls", "pytest"])
LONGEST = 120  # seconds until a child counts as hanging
# What tests set, and children have to know.
CARRIED = ("PAGE_STORE", "PAGE_STORE_DIR", "WAGTAILADMIN_BASE_URL")


def start(act: Callable[..., object], *args: Any) -> BaseProcess:
    """Start a process that does `act`, which stands in a module, with arguments that can be pickled."""
    connections.close_all()
    os.environ["SCRATCH_OF_TEST"] = os.environ["PARLEY_DATA"]
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    carried = {name: getattr(settings, name) for name in CARRIED}
    child = FRESH.Process(target=_live, args=(names, carried, act, args))
    child.start()
    return child


def end_of(child: BaseProcess, within: int = LONGEST) -> int:
    """Wait until a child has ended; return its exit code, negative for the signal that ended it.

    Raises `TimeoutError` after so many seconds: whoever gives it much to do says how long that may take.
    """
    child.join(within)
    if child.is_alive():
        child.kill()
        raise TimeoutError(f"a child did not end within {within} seconds")
    code = child.exitcode
    child.close()
    assert code is not None
    return code


def _live(
    names: dict[str, str], carried: dict[str, Any], act: Callable[..., object], args: tuple[Any, ...]
) -> None:
    for alias, name in names.items():
        connections[alias].settings_dict["NAME"] = name
    # Connections end with the process, as where it is killed: SQLite tidies up with the last that is closed.
    with override_settings(**carried):
        act(*args)
