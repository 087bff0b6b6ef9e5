"""Imports at the same moment as one another, as posts and as erasures: none waits for ever."""

from datetime import UTC, datetime

import pytest

from dialogue.actions import (
    ImportedAct,
    ImportedComment,
    find_differences,
    hide_comment,
    import_comments,
)
from dialogue.models import Comment, Conversation, EventKind
from people.models import Participant
from privacy.actions import erase_participant
from tests.crossings import cross
from tests.speech import say

pytestmark = [pytest.mark.database, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

SAID_AT = datetime(2019, 3, 4, 10, tzinfo=UTC)


@pytest.fixture
def guest(site) -> Participant:
    return Participant.objects.create(name="Odile Grandmaison", email="odile@example.org")


@pytest.fixture
def rows(article, guest) -> list[ImportedComment]:
    """A thread of three."""
    published = (ImportedAct(EventKind.PUBLISHED, SAID_AT),)
    return [
        ImportedComment(
            f"old:{number}",
            article,
            guest,
            f"Mot {number}.",
            SAID_AT,
            parent="old:0" if number else "",
            acts=published,
        )
        for number in range(3)
    ]


def test_the_same_rows_twice_are_imported_once(rows, guest):
    first, second = cross(
        lambda: import_comments(rows, by=None),
        lambda: import_comments(rows, by=None),
        behind=lambda: Participant.objects.select_for_update(no_key=True).get(pk=guest.pk),
    )
    assert (len(first), len(second)) == (3, 0)
    assert Comment.objects.count() == 3


def test_replies_and_decisions_in_the_same_conversation(article, rows):
    root, *_others = (one.comment for one in import_comments(rows[:1], by=None))
    other = say(article)
    cross(
        lambda: import_comments(rows, by=None),
        lambda: say(article, parent=Comment.objects.get(pk=root.pk)),
        lambda: hide_comment(other, by=None),
        behind=lambda: Conversation.objects.select_for_update(no_key=True).get(page_id=article.pk),
    )
    assert Comment.objects.count() == 5
    assert find_differences(article) == []
    assert sorted(root.thread.values_list("path", flat=True)) == ["0001", "0002", "0003"]


def test_nothing_comes_back_of_somebody_who_is_erased_meanwhile(article, rows, guest):
    import_comments(rows[:1], by=None)
    cross(
        lambda: import_comments(rows[1:], by=None),
        lambda: erase_participant(guest),
        behind=lambda: Conversation.objects.select_for_update(no_key=True).get(page_id=article.pk),
    )
    assert not Comment.objects.exclude(text="").exists()
    assert find_differences(article) == []
