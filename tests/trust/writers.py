"""Many writers at once: what was acknowledged is there, once, in its place, and counted (F04).

They post through the real view, as threads of one process and as processes of their own. Some are strangers,
whose address waits to be confirmed; some send a form twice at the same moment, as impatient people do.
"""

import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from bench.cast import gather_guests
from blog.models import BlogIndexPage, BlogPage
from demo.factories.many_comments import open_article
from dialogue.actions import Submission, post_comment, recount
from dialogue.actions.places import base_36
from dialogue.models import (
    Comment,
    CommentEvent,
    CommentRevision,
    CommentStatus,
    Conversation,
    EventKind,
)
from dialogue.origins import Origin
from dialogue.tickets import issue_ticket
from moderation.models import Decision
from tests.children import LONGEST, end_of, start
from tests.database import is_file
from tests.trust.actors import Browser

WRITERS = 8
MANY_WRITERS = 16  # to one thread, where the database lets them write at the same time
POSTS_OF_ONE = 4  # by one guest: below the limits, which stay on
SENT_TWICE, BY_STRANGERS, REPLIES = 10, 7, 2  # one in so many
A_WHILE = timedelta(minutes=1)  # to write a comment in
LONGEST_POST = 2  # seconds for one, among eight writers on a busy machine

Answers = dict[str, list[int]]  # what each key was answered, each time that it was sent


@dataclass
class Result:
    """What was sent, and what is wrong with what is there."""

    posts: int = 0
    lost: int = 0
    duplicated: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return (
            f"writers: {self.posts} posts, {self.lost} lost, {self.duplicated} duplicated, "
            f"{len(self.errors)} errors"
        )

    @property
    def faults(self) -> list[str]:
        counts = {"acknowledged comments are lost": self.lost, "comments are there twice": self.duplicated}
        return [*self.errors, *(f"{count} {what}" for what, count in counts.items() if count)]


@dataclass(frozen=True)
class Post:
    """One form, from whom it comes, and how often it is sent at the same moment."""

    form: dict[str, str]
    cookie: str
    address: str
    times: int = 1

    @property
    def key(self) -> str:
        return self.form["ticket_key"]


def write(posts: int) -> Result:
    """Let eight threads write, then eight processes and, where they can, sixteen threads into one thread."""
    result = Result()
    write_as(in_threads, posts // 2, WRITERS, result)
    write_as(in_processes, posts // 2, WRITERS, result)
    if connection.vendor == "postgresql":
        write_as(in_threads, max(MANY_WRITERS, posts // 10), MANY_WRITERS, result, only_replies=True)
    return result


def write_as(
    let_write: Callable[[BlogPage, list[list[Post]]], list[Answers]],
    posts: int,
    writers: int,
    result: Result,
    *,
    only_replies: bool = False,
) -> None:
    """Let `writers` share that many posts under an article of their own, and look at what is there then."""
    article = open_article(BlogIndexPage.objects.get(locale__language_code="fr"), 0)
    root = say_first(article)
    batches = share(article, root, posts, writers, only_replies)
    answers = let_write(article, batches)
    result.posts += posts
    check_answers(answers, result)
    check_comments(article, answers, result)
    check_thread(root, batches, result)
    check_moments(article, result)
    check_counts(article, result)


def say_first(article: BlogPage) -> Comment:
    """Publish the comment that is replied to."""
    guest = gather_guests(1)[0]
    submission = Submission(
        text="Le premier mot.",
        key=secrets.token_hex(16),
        user=AnonymousUser(),
        name=guest["name"],
        email=guest["email"],
        origin=Origin(is_verified=True),
    )
    return post_comment(article, submission)


def share(article: BlogPage, root: Comment, posts: int, writers: int, only_replies: bool) -> list[list[Post]]:
    """Return what each of the writers sends, in order."""
    guests = gather_guests(posts // POSTS_OF_ONE + 1)
    batches: list[list[Post]] = [[] for _writer in range(writers)]
    for number in range(posts):
        guest = guests[number // POSTS_OF_ONE]
        is_stranger = number % BY_STRANGERS == BY_STRANGERS - 1 and not only_replies
        with time_machine.travel(timezone.now() - A_WHILE, tick=False):
            ticket = issue_ticket(article.pk)
        form = {
            "text": f"Mot {number}",
            "name": guest["name"],
            "email": f"{secrets.token_hex(8)}@example.org" if is_stranger else guest["email"],
            "ticket_key": ticket.key,
            "ticket_time": ticket.time,
        }
        if only_replies or number % REPLIES:
            form["parent"] = root.public_id
        post = Post(
            form=form,
            cookie="" if is_stranger else guest["cookie"],
            address=f"10.{number // 65_536}.{number // 256 % 256}.{number % 256}",
            times=2 if number % SENT_TWICE == 0 else 1,
        )
        batches[number % writers].append(post)
    return batches


# --- Writing --------------------------------------------------------------------------------------


def in_threads(article: BlogPage, batches: list[list[Post]]) -> list[Answers]:
    """Let each batch be sent by a thread of this process."""

    def work(batch: list[Post]) -> Answers:
        try:
            return send_all(article, batch)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(batches)) as pool:
        return list(pool.map(work, batches))


def in_processes(article: BlogPage, batches: list[list[Post]]) -> list[Answers]:
    """Let each batch be sent by a process of its own."""
    with TemporaryDirectory() as folder:
        places = [Path(folder) / str(number) for number in range(len(batches))]
        children = [start(send_and_note, article, *pair) for pair in zip(batches, places, strict=True)]
        for child, batch in zip(children, batches, strict=True):
            end_of(child, within=LONGEST + len(batch) * LONGEST_POST)
        return [json.loads(place.read_text()) if place.exists() else {} for place in places]


def send_and_note(article: BlogPage, batch: list[Post], place: Path) -> None:
    place.write_text(json.dumps(send_all(article, batch)))


def send_all(article: BlogPage, batch: list[Post]) -> Answers:
    """Send the posts one after the other, those that are sent twice at the same moment."""
    path = reverse("create_comment", args=[article.pk])
    browser = Browser(enforce_csrf_checks=True)
    token = browser.get(reverse("issue_ticket", args=[article.pk])).json()["csrf"]
    csrf = browser.cookies[settings.CSRF_COOKIE_NAME].value

    def send(post: Post) -> int:
        client = Browser(enforce_csrf_checks=True, address=post.address)
        client.cookies[settings.CSRF_COOKIE_NAME] = csrf
        if post.cookie:
            client.cookies[settings.GUEST_COOKIE_NAME] = post.cookie
        return client.post(path, post.form | {"csrfmiddlewaretoken": token}).status_code

    return {post.key: at_once(send, post) if post.times > 1 else [send(post)] for post in batch}


def at_once(send: Callable[[Post], int], post: Post) -> list[int]:
    barrier = Barrier(post.times)

    def work(_time: int) -> int:
        try:
            barrier.wait()
            return send(post)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(post.times) as pool:
        return list(pool.map(work, range(post.times)))


# --- Looking --------------------------------------------------------------------------------------


def check_answers(answers: list[Answers], result: Result) -> None:
    """Every post must lead somewhere, each time that it was sent."""
    for written in answers:
        if not written:
            result.errors.append("a writer died")
        result.errors += [
            f"a post was answered {status}"
            for statuses in written.values()
            for status in statuses
            if status != HTTPStatus.SEE_OTHER
        ]


def check_comments(article: BlogPage, answers: list[Answers], result: Result) -> None:
    """What was acknowledged must be there, with its words, its event and its decision, and nothing else."""
    sent = {key for written in answers for key in written}
    acknowledged = {
        key for written in answers for key, codes in written.items() if HTTPStatus.SEE_OTHER in codes
    }
    comments = Comment.objects.filter(page_id=article.pk, idempotency_key__in=sent)
    result.lost += len(acknowledged - set(comments.values_list("idempotency_key", flat=True)))
    texts = comments.values("text").annotate(times=Count("pk")).filter(times__gt=1)
    result.duplicated += sum(row["times"] - 1 for row in texts)
    result.duplicated += Comment.objects.filter(page_id=article.pk).count() - comments.count() - 1
    decided = comments.exclude(status=CommentStatus.UNVERIFIED).count()
    kept = (
        (CommentRevision.objects.all(), comments.count()),
        (CommentEvent.objects.filter(kind=EventKind.POSTED), comments.count()),
        (Decision.objects.all(), decided),
    )
    for rows, expected in kept:
        found = rows.filter(comment__in=comments).count()
        if found != expected:
            result.errors.append(f"{found} of {rows.model._meta.label}, not {expected}")


def check_thread(root: Comment, batches: list[list[Post]], result: Result) -> None:
    """The places must follow one another, in the order in which they were taken and in each writer's own."""
    rows = list(
        Comment.objects.filter(root=root)
        .order_by("path")
        .values_list("path", "pk", "idempotency_key", "submitted_at")
    )
    if [path for path, *_rest in rows] != [base_36(number) for number in range(1, len(rows) + 1)]:
        result.errors.append("places in a thread collide or are missing")
    if not is_rising([pk for _path, pk, *_rest in rows]):
        result.errors.append("replies stand in another order than they were written in")
    if not is_rising([at for *_rest, at in rows]):
        result.errors.append("a reply says that it came before the one above it")
    places = {key: path for path, _pk, key, _at in rows}
    for batch in batches:
        if not is_rising([places[post.key] for post in batch if post.key in places]):
            result.errors.append("a writer's replies stand in another order than they were sent in")


def check_moments(article: BlogPage, result: Result) -> None:
    """Where writers take turns at the whole database, none may come to stand before one already read."""
    rows = Comment.objects.filter(page_id=article.pk).order_by("pk").values_list("submitted_at", flat=True)
    if is_file() and not is_rising(list(rows)):
        result.errors.append("a comment says that it came before one that was stored already")


def check_counts(article: BlogPage, result: Result) -> None:
    """Counted anew, nothing may change."""
    before = counts_of(article)
    recount(article)
    if counts_of(article) != before:
        result.errors.append("the counters differ from what is counted")


def counts_of(article: BlogPage) -> tuple[Any, ...]:
    comments = Comment.objects.filter(page_id=article.pk).order_by("pk")
    conversation = Conversation.objects.get(page_id=article.pk)
    return conversation.comment_count, list(comments.values_list("pk", "reply_count"))


def is_rising(values: list[Any]) -> bool:
    return all(one < other for one, other in pairwise(values))
