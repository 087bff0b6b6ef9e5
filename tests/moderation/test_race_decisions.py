"""Two moderators decide at the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from dialogue.models import Comment
from moderation import actions
from moderation.actions import DecisionConflict, Justification, Seen
from moderation.models import Decision, PendingDecision, Verb

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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", range(5))
def test_what_is_taken_back_at_the_last_moment_is_done_or_not(held, moderator, settings, _time):
    """Never both: what was done is not said to be taken back."""
    settings.UNDO_SECONDS = 10
    seen = [Seen(held, held.version, held.status)]
    batch = actions.decide_later(Verb.PUBLISH, seen, by=moderator, why=Justification()).key
    PendingDecision.objects.update(due_at=timezone.now())
    start = Barrier(2)

    def at_once(act):
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        taken = threads.submit(at_once, lambda: actions.take_back(batch, by=moderator))
        done = threads.submit(at_once, actions.carry_out_due)
        was_taken, was_done = bool(taken.result()), bool(done.result())
    actions.carry_out_due()  # where it passed over what was just being taken back
    held.refresh_from_db()
    assert held.is_published is not was_taken
    assert Decision.objects.filter(by=moderator).count() == (0 if was_taken else 1)
    assert not (was_taken and was_done)
    assert not PendingDecision.objects.exists()
