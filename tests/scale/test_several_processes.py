"""Two web processes, a worker, PostgreSQL and Redis are one portal, whichever is missing for a while."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from threading import Event, Thread

import pytest
from django.urls import reverse

from bench.client import Connection, Request
from bench.portal import HOST, is_published
from bench.processes import family
from dialogue.models import Comment, CommentRevision, Conversation
from moderation.actions import hide_comment

pytestmark = [pytest.mark.database, pytest.mark.postgresql]

WRITERS, POSTS = 8, 96
WORDS = "personne n’en parle".encode()  # of every comment here; a search shows only its own word again
KILLS, BETWEEN_KILLS = 6, 0.8  # seconds
PATIENCE = 20.0  # seconds for the worker, and for whoever sends again


def wait_for(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < end:
        time.sleep(0.1)
    return is_so()


@pytest.mark.redis
def test_they_run_together_and_go_on_without_redis(fleet, redis, moderator):
    """What one process publishes or hides, the next answer of the other knows."""
    first, second, third = fleet.portal.posts(fleet.portal.told["posted"], 3, port=fleet.ports[0])
    feed = reverse("comments_feed", args=[fleet.article.pk])
    assert fleet.ask(1, fleet.article.url).status == 200  # kept from before

    places = see_it_published(fleet, first, server=0)
    search = f"{reverse('search')}?query={first.mark}"
    assert wait_for(lambda: first.mark.encode() in fleet.ask(1, search).content), (
        "the worker did not index it"
    )
    assert first.mark.encode() in fleet.ask(1, feed).content
    places += [search, feed]

    hide_comment(Comment.objects.get(text__contains=first.mark), by=moderator, reason_code="off_topic")
    for server in (0, 1):
        for place in places:
            assert WORDS not in fleet.ask(server, place).content, (server, place)

    see_it_published(fleet, second, server=1)
    redis.kill()
    see_it_published(fleet, third, server=0)  # slower, not down


def see_it_published(fleet, post: Request, server: int) -> list[str]:
    """Post through one web process, and find the comment through the other; return where it stands."""
    with Connection(fleet.ports[server], HOST) as line:
        answer = line.ask(post)
    assert is_published(answer), (answer.status, answer.headers)
    permalink = answer.headers["location"].partition("#")[0]
    other = 1 - server
    for place in (permalink, fleet.article.url):
        found = fleet.ask(other, place)
        assert found.status == 200
        assert post.mark.encode() in found.content, place
    return [permalink, fleet.article.url]


def test_f01_killed_again_and_again_they_lose_nothing_that_was_acknowledged(fleet):
    """Whoever gets no answer sends the same form again, and it is the same comment."""
    posts = fleet.portal.posts(fleet.portal.told["posted"], POSTS, port=fleet.ports[0])
    acknowledged: list[str] = []
    has_ended = Event()

    def write(batch: list[Request]) -> None:
        for number, post in enumerate(batch):
            if send_until_taken(fleet.ports[number % 2], post):
                acknowledged.append(post.mark)

    def kill() -> None:
        for turn in range(KILLS):
            if has_ended.wait(BETWEEN_KILLS):
                return
            master = fleet.portal.running[turn % 2].pid
            for child in list(family(master))[1:]:
                os.kill(child, signal.SIGKILL)

    writers = [Thread(target=write, args=(posts[number::WRITERS],)) for number in range(WRITERS)]
    killer = Thread(target=kill)
    for thread in (*writers, killer):
        thread.start()
    for thread in writers:
        thread.join()
    has_ended.set()
    killer.join()

    assert len(acknowledged) == POSTS, "somebody could not send their comment"
    texts = list(Comment.objects.filter(page_id=fleet.article.pk).values_list("text", flat=True))
    assert len(texts) == POSTS
    assert all(sum(mark in text for text in texts) == 1 for mark in acknowledged)
    assert CommentRevision.objects.filter(comment__page_id=fleet.article.pk).count() == POSTS
    assert Conversation.objects.get(page_id=fleet.article.pk).comment_count == POSTS


def send_until_taken(port: int, post: Request) -> bool:
    """Send a form until it is taken, as somebody does who sees no answer; return whether it was, in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, EOFError, ValueError), Connection(port, HOST) as line:
            if line.ask(post).status == HTTPStatus.SEE_OTHER:
                return True
        time.sleep(0.1)  # the process was killed before it had answered
    return False
