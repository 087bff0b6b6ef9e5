"""T46: the log of decisions is only added to, and what is done to it past the portal is noticed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dialogue.models import CommentEvent
from moderation.actions import find_faults, last_digest, reject_comment, seal_decisions
from moderation.models import Decision, DecisionSeal
from portal.guards import missing_guards
from tests.unguarded import unguarded

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def rejected(held, moderator) -> Decision:
    return reject_comment(
        held, by=moderator, reason_code="off_topic", reason_text="À côté.", note="Troisième fois."
    )


@pytest.fixture
def sealed(rejected) -> Decision:
    seal_decisions()
    return rejected


def refused(statement: str, *parameters: object) -> None:
    """The database refuses a statement, and what it was about stays."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def faults(kept: str = "") -> list[str]:
    return [str(fault) for fault in find_faults(kept)]


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'publish'",
        "rule = 'guest'",
        "reason_code = ''",
        "comment_version = 9",
        "signals = '[1]'",
        "note = 'autre chose'",
        "decided_at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_t46_the_database_refuses_a_change(rejected, change):
    refused(f"UPDATE moderation_decision SET {change} WHERE id = %s", rejected.pk)  # noqa: S608 - ours


def test_t46_the_database_refuses_to_delete(sealed):
    refused("DELETE FROM moderation_decisionseal")
    refused("DELETE FROM moderation_decision WHERE id = %s", sealed.pk)
    refused("UPDATE moderation_decisionseal SET words = 'x'")
    refused("UPDATE dialogue_commentevent SET kind = 'posted'")
    assert Decision.objects.filter(pk=sealed.pk).exists()


@pytest.mark.postgresql  # SQLite knows no such statement
def test_t46_the_database_refuses_to_empty_the_table(sealed):
    connection.check_constraints()  # what waits for the end of the transaction would stand in the way
    refused("TRUNCATE moderation_decision CASCADE")


def test_t46_no_list_of_events_gets_past_the_database(rejected):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(CommentEvent.objects.all(), version=7)


def test_what_was_written_may_be_forgotten(sealed):
    Decision.objects.filter(pk=sealed.pk).forget_reasons()
    sealed.refresh_from_db()
    assert (sealed.reason_text, sealed.note) == ("", "")
    assert faults() == []


def test_the_chain_has_a_place_for_each_decision_in_order(sealed):
    seals = list(DecisionSeal.objects.all())
    assert [seal.number for seal in seals] == list(range(1, Decision.objects.count() + 1))
    assert [seal.decision_id for seal in seals] == sorted(seal.decision_id for seal in seals)
    assert seal_decisions() == 0
    assert faults(kept=seals[0].digest) == []


def test_one_that_commits_late_is_sealed_after_those_that_came_before_it(held, receive, article):
    earlier, later = held.decisions.get(), receive(article).decisions.get()
    DecisionSeal.objects.create(number=1, decision=later, words="w", digest="d")
    assert seal_decisions() == Decision.objects.count() - 1
    assert earlier.seal.number > later.seal.number


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ("UPDATE moderation_decision SET reason_code = 'duplicate' WHERE id = %s", "it was changed"),
        ("UPDATE moderation_decision SET note = 'Jamais.' WHERE id = %s", "what was written beside it"),
        ("UPDATE moderation_decision SET note = '' WHERE id = %s", "what was written beside it"),
        ("UPDATE moderation_decisionseal SET digest = 'x' WHERE decision_id = %s", "it was changed"),
        ("DELETE FROM moderation_decisionseal WHERE decision_id = %s", "is not in the log any more"),
    ],
)
def test_t46_what_a_hand_at_the_database_did_is_found(sealed, done, told):
    kept = last_digest()
    assert faults(kept) == []
    unguarded(done, sealed.pk)
    assert told in " ".join(faults(kept))


def test_t46_a_decision_that_is_taken_out_is_missed(rejected, receive, article):
    receive(article)
    seal_decisions()
    unguarded("DELETE FROM moderation_decisionseal WHERE decision_id = %s", rejected.pk)
    found = faults()
    assert "missing" in found[0]
    # The next in the chain does not follow on what stands before it now.
    assert "its place in the log" in found[1]


def test_t46_one_that_is_slipped_in_without_a_seal_is_told(sealed, held):
    long_ago = timezone.now() - timedelta(days=1)
    slipped = Decision.objects.create(
        comment=held, comment_version=1, verb="hold", rule="guest", decided_at=long_ago
    )
    assert faults() == [f"Decision {slipped.pk}: it has no seal."]


def test_the_command_tells_and_fails(sealed):
    out = StringIO()
    call_command("verify_log", stdout=out)
    assert last_digest() in out.getvalue()
    call_command("verify_log", kept=last_digest(), stdout=out)
    unguarded("UPDATE moderation_decision SET rule = 'guest', by_id = NULL WHERE id = %s", sealed.pk)
    assert missing_guards() == ["moderation_decision_no_delete", "moderation_decision_no_update"]
    with pytest.raises(CommandError, match="3"):
        call_command("verify_log", stdout=out)
    assert f"Decision {sealed.pk}" in out.getvalue()


def test_no_log_is_without_a_guard():
    assert missing_guards() == []
