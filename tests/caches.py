"""Forgetting what was kept, between one test and the next; and keeping pages where a proof wants it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.conf import settings
from django.core.cache import caches
from django.test import override_settings

from portal.editions import forget_everything
from portal.page_store import changes
from portal.page_store.store import open_store


def clear_caches() -> None:
    """Empty every cache of the portal, the page store, and what this process remembers."""
    for name in settings.CACHES:
        caches[name].clear()
    if settings.PAGE_STORE:
        open_store().discard()
    forget_everything()


@contextmanager
def pages_kept() -> Iterator[None]:
    """Keep public pages meanwhile, in a folder of their own.

    The proofs stand in a transaction that is never committed; what they change counts as committed at once.
    """
    with (
        TemporaryDirectory() as folder,
        override_settings(PAGE_STORE=True, PAGE_STORE_DIR=folder),
        patch.object(changes, "after_commit", lambda act: act()),
    ):
        yield


def dump_page_store() -> str:
    """Return everything that the page store holds, names of files included."""
    paths = [path for path in Path(settings.PAGE_STORE_DIR).rglob("*") if path.is_file()]
    plain = [path for path in paths if path.suffix != ".gz"]
    return "\n".join(f"{path} {path.read_text(encoding='utf-8')}" for path in plain)
