"""Comments are locked in one place and in one order, whatever their number: one statement."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from dialogue.actions import lock_comments
from dialogue.actions.erasures import delete_unconfirmed
from dialogue.models import Comment
from tests.dialogue.many_comments import plant
from tests.project import APPS

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LOCKS = re.compile(r"Comment\b[^\n]*\.select_for_update\(|\bcomments\.select_for_update\(")


def lock(comments) -> list[int]:
    with transaction.atomic():
        return [comment.pk for comment in lock_comments(comments)]


def test_they_come_by_page_thread_and_key(article, internal_dialogue, say, employee):
    first, second = say(article, "Un."), say(article, "Deux.")
    late = say(article, "Au premier.", parent=first)
    other = say(internal_dialogue, "Ailleurs.", user=employee)
    ours = [first.pk, late.pk, second.pk]
    pages = [(article.pk, ours), (internal_dialogue.pk, [other.pk])]
    wanted = [pk for _page, keys in sorted(pages) for pk in keys]
    assert lock([late, other, second, first]) == wanted
    assert lock(Comment.objects.order_by("-pk")) == wanted
    assert lock([second, late]) == [late.pk, second.pk]  # the root of the reply is locked, and not given back


def test_what_is_gone_is_passed_over(article, receive):
    kept, gone = receive(article, "Un."), receive(article, "Deux.", is_verified=False)
    assert delete_unconfirmed(Comment.objects.unverified()) == 1
    assert lock([gone, kept]) == [kept.pk]
    assert lock([]) == []


def test_many_cost_one_statement_and_none_of_their_words_are_read(article, count_queries):
    few, many = plant(article, 2), plant(article, 60)
    assert count_queries(lambda: lock(many)) == count_queries(lambda: lock(few))
    with transaction.atomic():
        [locked, *_others] = lock_comments(Comment.objects.all())
    assert {"text", "html", "plain", "excerpt", "fragment"} <= locked.get_deferred_fields()


def test_nothing_else_locks_comments():
    root = Path(settings.BASE_DIR)
    found = [
        str(path.relative_to(root))
        for app in APPS
        for path in (root / app).rglob("*.py")
        if LOCKS.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["dialogue/actions/locks.py"], (
        "Lock comments with the functions of dialogue.actions.locks: they know the order."
    )
