"""Several processes, and one that is killed while it changes a page: nothing old is read (F01, F02)."""

import os
import signal
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from blog.models import BlogPage
from dialogue.actions import hide_comment
from dialogue.models import Comment, CommentStatus
from portal.page_store import purge_pages
from portal.page_store.marks import GRACE
from tests.portal.page_store.conftest import retitle

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_process_of_its_own(act: Callable[[], object]) -> int:
    """Start a process that does `act` and ends; return its number."""
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # there may be threads; the child needs none
        child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return child


def end_of(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("is_committed", [False, True])
def test_f02_killed_beside_the_commit_it_leaves_nothing_stale(
    read, article, store, say, is_kept, is_committed
):
    comment = say(article, "Les bancs manquent.")
    assert "Les bancs manquent" in read(article.get_url()).text
    assert is_kept(article.get_url())
    commit = BaseDatabaseWrapper._commit

    def commit_and_die(self: BaseDatabaseWrapper) -> None:
        if is_committed:
            commit(self)
        be_killed()

    def hide_and_die() -> None:
        with patch.object(BaseDatabaseWrapper, "_commit", commit_and_die):
            hide_comment(Comment.objects.get(pk=comment.pk), by=None)

    assert end_of(in_a_process_of_its_own(hide_and_die)) == -signal.SIGKILL
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


def test_another_process_that_changes_a_page_is_heeded_as_long_as_it_takes(read, article, store, is_kept):
    read(article.get_url())
    go_on, say_so = os.pipe(), os.pipe()

    def change_slowly() -> None:
        with transaction.atomic():
            retitle(article, "Autre titre")
            os.write(say_so[1], b"!")
            os.read(go_on[0], 1)

    child = in_a_process_of_its_own(change_slowly)
    os.read(say_so[0], 1)
    assert "Le quai sera refait" in read(article.get_url()).text
    assert not is_kept(article.get_url())
    os.write(go_on[1], b"!")
    assert end_of(child) == 0
    assert "Autre titre" in read(article.get_url()).text
    assert is_kept(article.get_url())
    for end in (*go_on, *say_so):
        os.close(end)


def test_what_one_process_keeps_another_reads_and_a_third_purges(read, article, store, is_kept):
    assert end_of(in_a_process_of_its_own(lambda: read(article.get_url()))) == 0
    assert is_kept(article.get_url())
    assert end_of(in_a_process_of_its_own(lambda: purge_pages([article.pk]))) == 0
    assert not is_kept(article.get_url())


def test_many_processes_that_write_and_read_never_read_what_is_old(article, read, store):
    """Each writes a title, and reads it or a later one on the next page; in the end the last is kept."""
    rounds, writers = 12, 3

    def write_and_read(number: int) -> None:
        for turn in range(rounds):
            with transaction.atomic():
                title = BlogPage.objects.select_for_update().get(pk=article.pk).title
                last = int(title.rpartition(" ")[2]) if title.startswith("Titre") else 0
                retitle(article, f"Titre {last + 1}")
            seen = read(article.get_url()).text.partition("<title>Titre ")[2].partition(" ")[0]
            assert int(seen) > last, f"writer {number}, turn {turn}"
        connection.close()

    children = [
        in_a_process_of_its_own(lambda number=number: write_and_read(number)) for number in range(writers)
    ]
    assert [end_of(child) for child in children] == [0] * writers
    read(article.get_url())
    assert f"Titre {rounds * writers} " in read(article.get_url()).text
