"""Several people, or one impatient one, post at the same moment."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from dialogue import links
from dialogue.actions import Submission, confirm_by_link, post_comment, publish_comment
from dialogue.mail import CONFIRM
from dialogue.models import Comment, CommentRevision, Conversation
from dialogue.origins import Origin
from mail.actions import find_link, make_link
from mail.models import OutgoingMail
from moderation.models import Decision

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def all_at_once(act: Callable[[int], Comment], count: int = AT_ONCE) -> list[Comment]:
    """Run `act(number)` in `count` threads that start together, each with its own connection."""
    barrier = Barrier(count)

    def run(number: int) -> Comment:
        try:
            barrier.wait()
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def submission(number: int = 0, key: str | None = None, **more: object) -> Submission:
    return Submission(
        text=f"Mot {number}",
        key=key or secrets.token_hex(16),
        user=AnonymousUser(),
        name="Camille Roy",
        email=f"p{number}@example.org",
        origin=Origin(is_verified=True),
        **more,
    )


def test_f04_six_with_the_same_key_are_one_comment(article):
    key = secrets.token_hex(16)
    comments = all_at_once(lambda _number: post_comment(article, submission(key=key)))
    assert len({comment.pk for comment in comments}) == 1
    assert Comment.objects.count() == 1
    assert CommentRevision.objects.count() == 1
    assert Decision.objects.count() == 1


def test_replies_to_one_root_take_places_of_their_own(article, say):
    root = say(article)
    all_at_once(lambda number: post_comment(article, submission(number, parent=root)))
    replies = Comment.objects.filter(root=root)
    assert sorted(replies.values_list("path", flat=True)) == [f"000{n}" for n in range(1, AT_ONCE + 1)]


def test_published_at_once_they_are_all_counted(article, say):
    root = say(article)
    replies = [say(article, parent=root, is_published=False) for _number in range(AT_ONCE)]
    all_at_once(lambda number: publish_comment(replies[number], by=None))
    root.refresh_from_db()
    assert root.reply_count == AT_ONCE
    assert Conversation.objects.get(page=article).comment_count == AT_ONCE + 1


def test_two_decisions_on_one_comment_count_once(article, say):
    comment = say(article, is_published=False)
    changed = all_at_once(lambda _number: publish_comment(Comment.objects.get(pk=comment.pk), by=None), 2)
    assert sorted(event is not None for event in changed) == [False, True]
    assert Conversation.objects.get(page=article).comment_count == 1


def test_t17_a_link_that_is_used_twice_at_once_confirms_once(article):
    comment = post_comment(article, replace(submission(), origin=Origin()))
    link = find_link(make_link(comment.participant, links.CONFIRM), links.CONFIRM)
    confirmed = all_at_once(lambda _number: confirm_by_link(link, [comment]), 2)
    assert sorted(confirmed, key=bool) == [None, [comment]]
    assert Decision.objects.count() == 1


def test_t38_six_comments_at_once_ask_for_one_message(article):
    words = [replace(submission(), key=secrets.token_hex(16), origin=Origin()) for _number in range(AT_ONCE)]
    all_at_once(lambda number: post_comment(article, words[number]))
    assert Comment.objects.unverified().count() == AT_ONCE
    assert OutgoingMail.objects.filter(kind=CONFIRM).count() == 1
