"""What happens to a comment when it comes in: rules look at it, and it is held or published at once.

A guest's comes in when its author has confirmed the address. Every comment gets one decision here, so that
none is ever public without a recorded one, with the signals that its rules left. No rule rejects. Whoever
may not speak by a measure is refused here, on every road by which words come in; an import is none of these.
"""

from collections.abc import Sequence

from django.utils import timezone

from dialogue.models import Comment, CommentPolicy, CommentRevision
from moderation.actions.decisions import hold_comment, publish_by_rule
from moderation.actions.edits import accept_edit_by_rule, hold_edit
from moderation.actions.silences import refuse_silenced
from moderation.models import Decision, Rule
from moderation.rules.repeats import leave_trace
from moderation.screening.evidence import Evidence
from moderation.screening.registry import look
from moderation.screening.signals import ENOUGH, Signal, risk_of

PUBLISHING_RULES = frozenset({Rule.ORGANISATION, Rule.KNOWN_PERSON, Rule.SIGNED_IN, Rule.ANYBODY})


def screen_comment(comment: Comment) -> Decision:
    """Hold or publish a comment that has just been written, and write down why.

    Raises `Silenced`, which undoes what brought it in.
    """
    evidence = Evidence.of(comment)
    refuse_silenced(evidence)
    signals = look(evidence)
    leave_trace(evidence)
    rule = rule_for(evidence, signals)
    if rule in PUBLISHING_RULES:
        return publish_by_rule(comment, rule=rule, signals=signals)
    return hold_comment(comment, rule=rule, signals=signals)


def screen_edit(comment: Comment, revision: CommentRevision) -> Decision:
    """Let a change of a published comment be read, or hold it: by the rule for a new one of its author.

    Raises `Silenced`, as for a new one.
    """
    evidence = Evidence.of(comment, revision.text)
    refuse_silenced(evidence)
    signals = look(evidence)
    rule = rule_for(evidence, signals)
    if rule in PUBLISHING_RULES:
        leave_trace(evidence)
        return accept_edit_by_rule(comment, revision, rule=rule, signals=signals)
    return hold_edit(comment, revision, rule=rule, signals=signals)


def rule_for(evidence: Evidence, signals: Sequence[Signal]) -> Rule:
    """Return the first rule that decides. What holds comes before what publishes."""
    comment = evidence.comment
    if comment is None or risk_of(signals) >= ENOUGH:
        return Rule.SIGNALS
    page = comment.page.specific
    policy = page.get_comment_policy()
    if policy == CommentPolicy.HOLD_ALL:
        return Rule.HOLD_ALL
    # Policy: the right to speak for the organisation is trust enough, except where everything is held.
    if comment.is_for_organisation:
        return Rule.ORGANISATION
    if page.is_closed_at(timezone.now()):
        return Rule.CLOSED_HOURS
    if policy == CommentPolicy.PUBLISH_ALL:
        return Rule.ANYBODY
    if policy == CommentPolicy.PUBLISH_SIGNED_IN:
        return Rule.GUEST if comment.participant.is_guest else Rule.SIGNED_IN
    # What is left is `HOLD_FIRST_TIMERS`.
    return Rule.KNOWN_PERSON if evidence.standing.has_been_published else Rule.FIRST_TIMER
