"""Several processes, and one that is killed while it changes a page: nothing old is read (F01, F02)."""

import os
import signal
import time
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from blog.models import BlogPage
from dialogue.actions import hide_comment
from dialogue.models import Comment, CommentStatus
from portal.page_store import purge_pages
from portal.page_store.marks import GRACE
from tests.children import FRESH, LONGEST, end_of, start
from tests.portal.page_store.conftest import retitle

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
ROUNDS, WRITERS = 12, 3


def hide_and_die(comment: Comment, is_committed: bool) -> None:
    """Hide a comment, and be killed just before or just after the commit."""
    commit = BaseDatabaseWrapper._commit

    def commit_and_die(self: BaseDatabaseWrapper) -> None:
        if is_committed:
            commit(self)
        os.kill(os.getpid(), signal.SIGKILL)

    with patch.object(BaseDatabaseWrapper, "_commit", commit_and_die):
        hide_comment(Comment.objects.get(pk=comment.pk), by=None)


@pytest.mark.parametrize("is_committed", [False, True])
def test_f02_killed_beside_the_commit_it_leaves_nothing_stale(
    read, article, store, say, is_kept, is_committed
):
    comment = say(article, "Les bancs manquent.")
    assert "Les bancs manquent" in read(article.get_url()).text
    assert is_kept(article.get_url())
    assert end_of(start(hide_and_die, comment, is_committed)) == -signal.SIGKILL
    for _time in range(2):
        assert ("Les bancs manquent" in read(article.get_url()).text) is not is_committed
    assert not is_kept(article.get_url()), "the commit may be on its way yet"
    assert (Comment.objects.get(pk=comment.pk).status == CommentStatus.HIDDEN) is is_committed
    assert is_kept("/fr/account/login/") is False
    [mark] = Path(store.root, "marks").iterdir()
    os.utime(mark, (0, time.time() - GRACE - 1))
    read(article.get_url())
    assert is_kept(article.get_url())
    assert list(Path(store.root, "marks").iterdir()) == []


def change_when_told(article: BlogPage, line: Connection) -> None:
    """Change a title, say so, and commit no sooner than told."""
    with transaction.atomic():
        retitle(article, "Autre titre")
        line.send("changed")
        line.recv()


def test_another_process_that_changes_a_page_is_heeded_as_long_as_it_takes(read, article, store, is_kept):
    read(article.get_url())
    ours, theirs = FRESH.Pipe()
    child = start(change_when_told, article, theirs)
    assert ours.poll(LONGEST)
    assert "Le quai sera refait" in read(article.get_url()).text
    assert not is_kept(article.get_url())
    ours.send("go on")
    assert end_of(child) == 0
    assert "Autre titre" in read(article.get_url()).text
    assert is_kept(article.get_url())
    ours.close()
    theirs.close()


def read_it(address: str) -> None:
    assert Client().get(address).status_code == HTTPStatus.OK


def test_what_one_process_keeps_another_reads_and_a_third_purges(read, article, store, is_kept):
    assert end_of(start(read_it, article.get_url())) == 0
    assert is_kept(article.get_url())
    assert end_of(start(purge_pages, [article.pk])) == 0
    assert not is_kept(article.get_url())


def write_and_read(article: BlogPage) -> None:
    """Write the next title, and read it or a later one on the next page, in turn."""
    for turn in range(ROUNDS):
        with transaction.atomic():
            title = BlogPage.objects.select_for_update().get(pk=article.pk).title
            last = int(title.rpartition(" ")[2]) if title.startswith("Titre") else 0
            retitle(article, f"Titre {last + 1}")
        text = Client().get(article.get_url()).text
        seen = text.partition("<title>Titre ")[2].partition(" ")[0]
        assert int(seen) > last, f"turn {turn}"


def test_many_processes_that_write_and_read_never_read_what_is_old(article, read, store):
    """In the end the last is kept."""
    children = [start(write_and_read, article) for _writer in range(WRITERS)]
    assert [end_of(child) for child in children] == [0] * WRITERS
    read(article.get_url())
    assert f"Titre {ROUNDS * WRITERS} " in read(article.get_url()).text
