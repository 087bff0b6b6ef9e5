"""Decisions are written and read; nothing changes or removes one."""

import pytest
from django.db import IntegrityError, transaction

from moderation.actions import publish_comment, reject_comment
from moderation.models import Decision, Rule, Verb
from moderation.screening.signals import Signal
from portal.models import AppendOnly

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def decision(held) -> Decision:
    return held.decisions.get()


def test_it_is_never_saved_again(decision):
    decision.reason_text = "autre chose"
    with pytest.raises(AppendOnly):
        decision.save()
    assert Decision.objects.get().reason_text == ""


def test_it_is_never_deleted(decision):
    with pytest.raises(AppendOnly):
        decision.delete()
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda: Decision.objects.update(rule="hold_all"),
        lambda: Decision.objects.all().delete(),
        lambda: Decision.objects.filter(verb="hold").update(by=None),
        lambda: Decision.objects.bulk_update(list(Decision.objects.all()), ["reason_text"]),
        lambda: Decision.objects.bulk_create([], update_conflicts=True),
    ],
    ids=["update", "delete", "filtered", "bulk_update", "upsert"],
)
def test_no_list_of_them_is_changed(decision, act):
    with pytest.raises(AppendOnly):
        act()
    assert Decision.objects.get().rule == Rule.FIRST_TIMER


def test_many_may_be_written_at_once(held):
    Decision.objects.bulk_create([Decision(comment=held, comment_version=1, verb="hold", rule="guest")])
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"verb": "publish", "rule": ""},
        {"verb": "reject", "rule": "guest", "reason_code": ""},
        {"verb": "hide", "rule": "guest", "reason_code": ""},
        {"verb": "hold", "rule": "guest"},
    ],
    ids=["nobody decided", "rejected without reason", "hidden without reason", "held by an event"],
)
def test_the_database_refuses_half_a_decision(held, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(comment=held, comment_version=1, event=held.events.get(), **fields)


def test_the_database_refuses_one_that_says_nothing_of_what_it_did(held):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(comment=held, comment_version=1, verb="publish", rule="guest")


def test_an_event_has_one_decision(held, moderator):
    event = publish_comment(held, by=moderator).event
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(comment=held, comment_version=1, verb="publish", rule="guest", event=event)


def test_the_database_refuses_a_person_and_a_rule_together(held, moderator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            comment=held,
            comment_version=1,
            verb="publish",
            event=held.events.get(),
            by=moderator,
            rule="guest",
        )


def test_it_tells_who_and_why_in_words(decision, held, moderator):
    assert decision.is_by_rule
    assert decision.explanation
    assert str(decision)
    rejected = reject_comment(held, by=moderator, reason_code="duplicate", reason_text="Deux fois la même.")
    assert rejected.decider == "Fanny Poirier"
    assert rejected.explanation.endswith("– Deux fois la même.")
    assert publish_comment(held, by=moderator).explanation == ""


def test_signals_are_told_in_words(receive, article):
    decision = receive(article, signals=frozenset({"too_fast"})).decisions.get()
    assert decision.explanation.endswith("; envoyé plus vite que quiconque n’écrit")
    # Of a rule that is registered no longer, the log keeps the name.
    decision.signals = [Signal("unheard_of", 10).as_json()]
    assert decision.explanation.endswith("; unheard_of")


def test_decisions_by_people_are_told_from_those_by_rules(held, moderator):
    publish_comment(held, by=moderator)
    assert [decision.verb for decision in Decision.objects.filter(by__isnull=False)] == [Verb.PUBLISH]


def test_they_are_seen_by_those_who_may_read_the_page(held, held_inside, moderator, outside_moderator):
    assert Decision.objects.on_pages_visible_to(moderator).count() == 2
    assert [d.comment for d in Decision.objects.on_pages_visible_to(outside_moderator)] == [held]
