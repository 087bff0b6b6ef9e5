"""What was decided on imported comments is imported with them, when it was decided and by whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from dialogue.actions import ImportedAct, ImportedComment, ImportRefused, Refusal
from dialogue.models import Comment, EventKind
from mail.models import OutgoingMail
from moderation.actions import DecidedComment, ImportedDecision, Justification, import_comments
from moderation.models import Decision, Reason, Rule, Verb, WaitingNotice
from people.models import Participant

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SAID_AT = datetime(2019, 3, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ATTACK = Justification(Reason.PERSONAL_ATTACK, "Contre une personne.", "Vu avec Maude.")


@pytest.fixture
def decided(article) -> Callable[..., DecidedComment]:
    guest = Participant.objects.create(name="Odile Grandmaison", email="odile@example.org")
    numbers = iter(range(100))

    def make(*decisions: ImportedDecision, **more: Any) -> DecidedComment:
        row = ImportedComment(f"old:{next(numbers)}", article, guest, "Un banc manque.", SAID_AT, **more)
        return DecidedComment(row, decisions)

    return make


def test_each_decision_names_its_event_and_has_its_date(decided, moderator):
    edit = ImportedAct(EventKind.EDITED, SAID_AT + HOUR, text="Deux.")
    import_comments(
        [
            decided(
                ImportedDecision(Verb.HOLD, SAID_AT, rule=Rule.GUEST),
                ImportedDecision(Verb.PUBLISH, SAID_AT + 2 * HOUR, moderator),
                ImportedDecision(Verb.HIDE, SAID_AT + 3 * HOUR, moderator, why=ATTACK),
                acts=(edit,),
            )
        ],
        by=None,
    )
    comment = Comment.objects.get()
    columns = ("verb", "event__kind", "by", "rule", "comment_version", "decided_at", "reason_code", "note")
    assert list(comment.decisions.order_by("pk").values_list(*columns)) == [
        ("hold", None, None, "guest", 1, SAID_AT, "", ""),
        ("publish", "published", moderator.pk, "", 2, SAID_AT + 2 * HOUR, "", ""),
        ("hide", "hidden", moderator.pk, "", 2, SAID_AT + 3 * HOUR, "personal_attack", "Vu avec Maude."),
    ]
    assert all(row.event.happened_at == row.decided_at for row in comment.decisions.exclude(event=None))
    assert [event.kind for event in comment.events.all()] == ["imported", "edited", "published", "hidden"]
    assert (comment.status, comment.text, comment.decided_by) == ("hidden", "Deux.", moderator)


def test_a_rule_decides_too(decided):
    import_comments([decided(ImportedDecision(Verb.PUBLISH, SAID_AT, rule=Rule.SIGNED_IN))], by=None)
    assert Comment.objects.get().events.get(kind="published").role == "rule"


def test_the_second_time_nothing_is_decided(decided, moderator):
    rows = [decided(ImportedDecision(Verb.PUBLISH, SAID_AT, moderator))]
    assert len(import_comments(rows, by=None)) == 1
    assert import_comments(rows, by=None) == []
    assert Decision.objects.count() == 1


def test_nobody_is_told(decided, moderator):
    decision = ImportedDecision(Verb.REJECT, SAID_AT + HOUR, moderator, why=ATTACK)
    import_comments([decided(ImportedDecision(Verb.HOLD, SAID_AT, rule=Rule.GUEST), decision)], by=None)
    assert not OutgoingMail.objects.exists()
    assert not WaitingNotice.objects.exists()


@pytest.mark.parametrize(
    ("verb", "who", "why", "code"),
    [
        (Verb.REJECT, "moderator", Justification(), Refusal.NO_REASON),
        (Verb.PUBLISH, None, Justification(), Refusal.BAD_ACT),
        (Verb.RESTORE, "moderator", Justification(), Refusal.WRONG_STATUS),
    ],
    ids=["no reason", "nobody decides", "what was not hidden"],
)
def test_what_cannot_be_is_refused_and_nothing_is_imported(request, decided, verb, who, why, code):
    by = request.getfixturevalue(who) if who else None
    wrong = decided(ImportedDecision(verb, SAID_AT, by, why=why))
    with pytest.raises(ImportRefused) as refusal:
        import_comments([decided(), wrong], by=None)
    assert {source: fault.code for source, fault in refusal.value.faults.items()} == {wrong.row.source: code}
    assert not Comment.objects.exists()


def test_moderators_may_not(decided, moderator):
    with pytest.raises(PermissionDenied):
        import_comments([decided()], by=moderator)


def test_the_number_of_decisions_costs_nothing(decided, moderator, count_queries):
    def rows(number: int) -> list[DecidedComment]:
        decision = ImportedDecision(Verb.PUBLISH, SAID_AT, moderator)
        return [decided(decision) for _row in range(number)]

    import_comments(rows(1), by=None)
    few, many = rows(2), rows(20)
    one = count_queries(lambda: import_comments(few, by=None))
    assert count_queries(lambda: import_comments(many, by=None)) == one
