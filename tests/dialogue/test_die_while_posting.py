"""The server dies while a comment is sent: it is whole or not there, and sending again is safe (F01–F04)."""

import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings as project
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse

from blog.models import BlogPage
from dialogue.models import Comment
from mail.models import OutgoingMail
from people.models import User
from tests.children import end_of, start
from tests.samples import WHOLE
from tests.unguarded import unguarded

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

DIED = 137  # what a shell says of a process that was killed
NOTHING = (0, 0, 0, 0, 0)
STEPS_AT_LEAST = 20  # or else the statements were not counted
Form = dict[str, str]


def die(step: int) -> None:
    os._exit(DIED)


def be_killed(step: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def dying(at: int, how: Callable[[int], None] = die) -> Iterator[list[int]]:
    """Die at the step `at`: one is before and one after each statement and each commit."""
    steps = [0]

    def step() -> None:
        steps[0] += 1
        if steps[0] == at:
            how(at)

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        step()
        answer = execute(*args)
        step()
        return answer

    commit = BaseDatabaseWrapper._commit

    def commit_and_count(self: BaseDatabaseWrapper) -> Any:
        step()
        answer = commit(self)
        step()
        return answer

    with connection.execute_wrapper(count), patch.object(BaseDatabaseWrapper, "_commit", commit_and_count):
        yield steps


@pytest.fixture
def form_for(ticket_for) -> Callable[..., Form]:
    """A form of its own for each time: another person, another key, other words."""

    def make(page: BlogPage) -> Form:
        ticket = ticket_for(page)
        return {
            "text": f"Les bancs manquent à l’abri du vent. {ticket.key}",
            "name": "Camille Roy",
            "email": f"{secrets.token_hex(6)}@example.org",
            "ticket_key": ticket.key,
            "ticket_time": ticket.time,
            "tell_me": "on",
        }

    return make


class Sender:
    """Somebody who sends the form of a page, each time from a network of its own."""

    def __init__(self, page: BlogPage, user: User | None) -> None:
        self.path = reverse("create_comment", args=[page.pk])
        self.cookies: dict[str, str] = {}
        self.networks = 0
        if user:
            client = Client()
            client.force_login(user)
            self.cookies = {project.SESSION_COOKIE_NAME: client.cookies[project.SESSION_COOKIE_NAME].value}

    def send(self, form: Form) -> int:
        client = Client(REMOTE_ADDR=f"10.0.{self.networks // 250}.{1 + self.networks % 250}")
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client.post(self.path, form).status_code

    def send_and_die(self, form: Form, at: int, how: Callable[[int], None] = die) -> bool:
        """Send in a process of its own that dies at a step; return whether it got that far."""
        self.networks += 1
        code = end_of(start(send_and_die, self, form, at, how))
        assert code in {0, DIED, -signal.SIGKILL}, f"at step {at} the request failed"
        return code != 0


def send_and_die(sender: Sender, form: Form, at: int, how: Callable[[int], None]) -> None:
    with dying(at, how):
        assert sender.send(form) == HTTPStatus.SEE_OTHER


def rows_of(form: Form) -> tuple[int, ...]:
    """Count what belongs to one comment: itself, its words, events and decisions, and mail that it causes."""
    found = Comment.objects.filter(idempotency_key=form["ticket_key"])
    comment = found.first()
    if comment is None:
        return (0, 0, 0, 0, OutgoingMail.objects.filter(participant__email=form["email"]).count())
    return (
        found.count(),
        comment.revisions.count(),
        comment.events.count(),
        comment.decisions.count(),
        OutgoingMail.objects.filter(participant=comment.participant).count(),
    )


@pytest.mark.parametrize("who", ["a guest", "an employee"])
def test_f02_dying_at_any_step_leaves_all_or_nothing(article, employee, form_for, who):
    sender = Sender(article, employee if who == "an employee" else None)
    whole = form_for(article)
    assert sender.send(whole) == HTTPStatus.SEE_OTHER
    complete = rows_of(whole)
    assert complete[:2] == (1, 1)
    # One step after the other for a guest on SQLite; every fifth where the same is written in the same order.
    step = 1 if (who == "a guest" and connection.vendor == "sqlite") or WHOLE else 5
    at, tries, lost = 1, 0, 0
    form = form_for(article)
    while sender.send_and_die(form, at):
        tries += 1
        rows = rows_of(form)
        assert rows in {complete, NOTHING}, f"at step {at}: {rows}"
        lost += rows != complete
        # Whoever sees no answer sends again, twice.
        for _again in range(2):
            assert sender.send(form) == HTTPStatus.SEE_OTHER, f"at step {at}"
            assert rows_of(form) == complete, f"at step {at}"
        Comment.objects.filter(idempotency_key=form["ticket_key"]).update(network_digest="")
        forget(form)
        form, at = form_for(article), at + step
    assert rows_of(form) == complete
    assert at > STEPS_AT_LEAST
    assert lost  # dying before the commit loses it, dying after does not
    assert lost < tries or step > 1


def forget(form: Form) -> None:
    """Take the comment away again, so that neither limits nor mail of the next depend on it."""
    comment = Comment.objects.get(idempotency_key=form["ticket_key"])
    OutgoingMail.objects.filter(participant=comment.participant).delete()
    comment.revisions.all().delete()
    unguarded("DELETE FROM moderation_decision WHERE comment_id = %s", comment.pk)
    comment.events.all()._raw_delete(connection.alias)
    comment.delete()


@pytest.mark.parametrize("at", [12, 25])
def test_f01_a_worker_that_is_killed_while_it_writes_leaves_nothing(article, form_for, at):
    sender, form = Sender(article, None), form_for(article)
    assert sender.send_and_die(form, at, be_killed)
    assert rows_of(form) == NOTHING
    assert sender.send(form) == HTTPStatus.SEE_OTHER
    assert rows_of(form)[:2] == (1, 1)


def test_f03_the_line_is_cut_before_the_answer(article, form_for, live_server):
    """The whole form arrives, nobody waits for the answer, and later it is sent again."""
    form = form_for(article)
    address = urlsplit(live_server.url)
    path = reverse("create_comment", args=[article.pk])
    client = Client(headers={"host": address.netloc})
    client.get(f"{live_server.url}/fr/account/login/")
    token = client.cookies[project.CSRF_COOKIE_NAME].value
    body = urlencode({**form, "csrfmiddlewaretoken": token}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n"
        f"Cookie: {project.CSRF_COOKIE_NAME}={token}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection((address.hostname, address.port), timeout=10) as line:
        line.sendall(head + body)
        line.shutdown(socket.SHUT_WR)
        line.recv(1)  # it has begun to answer: the form was taken
    assert rows_of(form)[:2] == (1, 1)
    before = rows_of(form)
    assert Client().post(path, form).status_code == HTTPStatus.SEE_OTHER
    assert rows_of(form) == before


def test_f04_refreshing_after_sending_makes_no_second_one(article, form_for):
    form, client = form_for(article), Client()
    path = reverse("create_comment", args=[article.pk])
    places = {client.post(path, form)["Location"] for _time in range(3)}
    assert len(places) == 1
    assert rows_of(form)[:2] == (1, 1)
