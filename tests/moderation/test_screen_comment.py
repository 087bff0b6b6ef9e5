"""Screening holds or publishes a comment when it comes in, and writes down by which rule."""

import pytest

from dialogue.actions import confirm_comments
from dialogue.models import Comment, CommentStatus
from moderation.actions import hide_comment, publish_comment
from moderation.models import Decision, Rule, Verb

pytestmark = pytest.mark.django_db

HELD, PUBLISHED = CommentStatus.HELD, CommentStatus.PUBLISHED


def screened(comment: Comment) -> tuple[str, str]:
    """The state in which screening left a comment, and the rule that decided."""
    comment.refresh_from_db()
    return comment.status, comment.decisions.get().rule


def names(comment: Comment) -> list[str]:
    """What screening noticed, by its names."""
    return [signal.name for signal in comment.decisions.get().noticed]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("hold_all", Rule.HOLD_ALL),
        ("hold_first_timers", Rule.FIRST_TIMER),
        ("publish_signed_in", Rule.GUEST),
    ],
)
def test_it_holds_the_first_comment_of_a_guest_under_every_policy(policy, receive, article, value, rule):
    policy(value)
    assert screened(receive(article)) == (HELD, rule)


@pytest.mark.parametrize(
    ("value", "status", "rule"),
    [
        ("hold_all", HELD, Rule.HOLD_ALL),
        ("hold_first_timers", PUBLISHED, Rule.KNOWN_PERSON),
        ("publish_signed_in", HELD, Rule.GUEST),
    ],
)
def test_it_knows_a_guest_who_has_been_published(policy, receive, article, moderator, value, status, rule):
    policy(value)
    publish_comment(receive(article, email="c@example.org"), by=moderator)
    assert screened(receive(article, email="c@example.org")) == (status, rule)


def test_what_a_guest_said_and_is_hidden_counts_for_nothing(policy, receive, article, moderator):
    policy("hold_first_timers")
    first = receive(article, email="c@example.org")
    publish_comment(first, by=moderator)
    hide_comment(first, by=moderator, reason_code="off_topic")
    assert screened(receive(article, email="c@example.org")) == (HELD, Rule.FIRST_TIMER)


def test_what_has_no_verified_address_is_not_screened_yet(policy, receive, article):
    policy("hold_first_timers")
    comment = receive(article, is_verified=False, signals=frozenset({"honeypot"}))
    assert comment.status == CommentStatus.UNVERIFIED
    assert not Decision.objects.exists()


def test_what_the_form_noticed_is_kept_until_the_address_is_confirmed(receive, article):
    comment = receive(article, is_verified=False, signals=frozenset({"honeypot"}))
    confirm_comments(comment.participant, [comment])
    assert screened(comment) == (HELD, Rule.SIGNALS)
    assert names(comment) == ["honeypot"]


@pytest.mark.parametrize(
    ("value", "status", "rule"),
    [
        ("hold_all", HELD, Rule.HOLD_ALL),
        ("hold_first_timers", HELD, Rule.FIRST_TIMER),
        ("publish_signed_in", PUBLISHED, Rule.SIGNED_IN),
    ],
)
def test_it_follows_the_policy_for_an_employee(policy, receive, article, employee, value, status, rule):
    policy(value)
    assert screened(receive(article, user=employee)) == (status, rule)


def test_it_publishes_somebody_who_has_been_published(policy, receive, article, employee, moderator):
    policy("hold_first_timers")
    publish_comment(receive(article, user=employee), by=moderator)
    assert screened(receive(article, user=employee)) == (PUBLISHED, Rule.KNOWN_PERSON)


@pytest.mark.parametrize(
    ("value", "status", "rule"),
    [
        ("hold_all", HELD, Rule.HOLD_ALL),
        ("hold_first_timers", PUBLISHED, Rule.ORGANISATION),
        ("publish_signed_in", PUBLISHED, Rule.ORGANISATION),
    ],
)
def test_it_trusts_the_organisations_voice_but_where_all_is_held(
    policy, receive, article, answerer, value, status, rule
):
    policy(value)
    assert screened(receive(article, user=answerer, for_organisation=True)) == (status, rule)


def test_the_nearest_sections_policy_comes_first(policy, receive, article, articles_fr, employee):
    policy("publish_signed_in")
    articles_fr.comment_policy = "hold_all"
    articles_fr.save()
    assert screened(receive(article, user=employee)) == (HELD, Rule.HOLD_ALL)


@pytest.mark.parametrize("signal", ["too_fast", "honeypot"])
def test_what_the_form_noticed_holds_anybody(policy, receive, article, answerer, signal):
    policy("publish_signed_in")
    comment = receive(article, user=answerer, for_organisation=True, signals=frozenset({signal}))
    assert screened(comment) == (HELD, Rule.SIGNALS)
    assert names(comment) == [signal]


def test_it_writes_one_decision_on_the_version_that_came_in(receive, article):
    comment = receive(article, signals=frozenset({"too_fast", "honeypot"}))
    decision = comment.decisions.get()
    assert (decision.verb, decision.by, decision.comment_version) == (Verb.HOLD, None, 1)
    assert decision.event is None  # it was held already
    assert names(comment) == ["honeypot", "too_fast"]


def test_a_published_one_says_from_where_to_where(policy, receive, article, employee):
    policy("publish_signed_in")
    decision = receive(article, user=employee).decisions.get()
    event = decision.event
    assert (decision.verb, event.status_before, event.status_after) == (Verb.PUBLISH, HELD, PUBLISHED)
    assert (event.role, event.by, event.side) == ("rule", None, "")


def test_the_second_time_writes_nothing(receive, article):
    first = receive(article, key="same", email="c@example.org")
    assert receive(article, key="same", email="c@example.org") == first
    assert Decision.objects.count() == 1


def test_where_the_decision_cannot_be_written_the_comment_is_not_either(receive, article, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Decision, "save", fail)
    with pytest.raises(RuntimeError):
        receive(article)
    assert not Comment.objects.exists()
