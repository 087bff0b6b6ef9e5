"""Two moderators decide at the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from dialogue.models import Comment
from moderation import actions
from moderation.actions import DecisionConflict
from moderation.models import Decision

pytestmark = pytest.mark.database


@pytest.mark.django_db(transaction=True)
def test_exactly_one_wins(held, moderator, outside_moderator):
    start = Barrier(2)

    def decide(act, by, **reason):
        comment = Comment.objects.get(pk=held.pk)
        start.wait()
        try:
            act(comment, by=by, version=1, status="held", **reason)
        except DecisionConflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = [
            threads.submit(decide, actions.publish_comment, moderator),
            threads.submit(decide, actions.reject_comment, outside_moderator, reason_code="off_topic"),
        ]
        conflicts = [outcome.result() for outcome in outcomes if outcome.result()]
    winner = Decision.objects.filter(by__isnull=False).get()
    assert len(conflicts) == 1
    assert winner.by.display_name in str(conflicts[0])
    assert Comment.objects.get(pk=held.pk).status == winner.event.status_after
