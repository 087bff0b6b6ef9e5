"""How long moderation keeps what it, and readers who flag, wrote about people and their words."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dialogue.models import CommentStatus
from moderation.models import (
    Appeal,
    Claim,
    Decision,
    Flag,
    FlagState,
    LearnedWord,
    Measure,
    MeasureKind,
    Note,
    Presence,
    ScreeningTrace,
    Training,
)
from privacy.personal_data import labels
from privacy.retention import RetentionRule, StandingRule


def explained(cutoff: datetime) -> QuerySet:
    return Decision.objects.exclude(reason_text="", note="").filter(decided_at__lte=cutoff)


def explained_appeals(cutoff: datetime) -> QuerySet:
    return Appeal.objects.exclude(text="").filter(made_at__lte=cutoff)


def forget_appeals(appeals: QuerySet) -> None:
    appeals.forget_words()


def forget_explanations(decisions: QuerySet) -> None:
    decisions.forget_reasons()


def answered_flags(cutoff: datetime) -> QuerySet:
    """Flags that were answered, or whose comment went without an answer, so that none is needed."""
    moot = Q(state=FlagState.OPEN, flagged_at__lte=cutoff) & ~Q(comment__status=CommentStatus.PUBLISHED)
    return Flag.objects.filter(Q(settled_at__lte=cutoff) | moot)


def flag_networks(cutoff: datetime) -> QuerySet:
    return Flag.objects.exclude(network_digest="").filter(flagged_at__lte=cutoff)


def old_traces(cutoff: datetime) -> QuerySet:
    return ScreeningTrace.objects.filter(noted_at__lte=cutoff)


def old_notes(cutoff: datetime) -> QuerySet:
    return Note.objects.filter(written_at__lte=cutoff)


def past_measures(cutoff: datetime) -> QuerySet:
    """Measures that ended or were lifted; a warning is over once it is said."""
    said = Q(kind=MeasureKind.WARNING, taken_at__lte=cutoff)
    return Measure.objects.filter(Q(ends_at__lte=cutoff) | Q(lifted_at__lte=cutoff) | said)


def forget_networks(flags: QuerySet) -> None:
    flags.update(network_digest="")


RULES = (
    RetentionRule(
        "flags",
        "flags",
        _("That somebody flagged a comment: why, in which words, and who, as far as they said"),
        _("from when a moderator answered it"),
        _("It is deleted."),
        labels(Flag),
        answered_flags,
    ),
    RetentionRule(
        "networks of flags",
        "networks",
        _("A digest of the network that a flag came from"),
        _("from when the flag was sent"),
        _("It is deleted; the flag stays."),
        labels(Flag),
        flag_networks,
        forget_networks,
    ),
    RetentionRule(
        "traces",
        "traces",
        _("Digests of what a guest said, by which the same words are known where they come again"),
        _("from when it was sent"),
        _("They are deleted."),
        labels(ScreeningTrace),
        old_traces,
    ),
    RetentionRule(
        "explanations",
        "reasons",
        _("What a moderator wrote about a comment, beside the reason from the list"),
        _("from when the comment was decided on"),
        _("It is deleted; the decision and its reason stay."),
        labels(Decision),
        explained,
        forget_explanations,
    ),
    RetentionRule(
        "notes",
        "reasons",
        _("A note that moderators left for one another about a comment or its author"),
        _("from when it was written"),
        _("It is deleted."),
        labels(Note),
        old_notes,
    ),
    RetentionRule(
        "measures",
        "measures",
        _("A measure on somebody: a warning, every comment held, a suspension or a ban, and why"),
        _("from when it ended; of a warning, from when it was given"),
        _("It is deleted."),
        labels(Measure),
        past_measures,
    ),
    StandingRule(
        _("A measure on somebody that is in force"),
        _(
            "Until it ends, or moderators lift it. Where the person erases everything about themselves while "
            "they may not comment, a digest of the address, from which nothing can be read, stays until that "
            "ends, for a year at most: nobody gets past it by an erasure."
        ),
        labels(Measure),
    ),
    RetentionRule(
        "appeals",
        "reasons",
        _("What an author wrote in an appeal against a decision on their comment"),
        _("from when it was sent"),
        _("It is deleted; that they appealed, and what came of it, stays."),
        labels(Appeal),
        explained_appeals,
        forget_appeals,
    ),
    StandingRule(
        _("That somebody appealed against a decision, and what came of it"),
        _("As long as the comment has its place; it holds none of its words."),
        labels(Appeal),
    ),
    StandingRule(
        _("That somebody decided on a comment: who, what, when, and the reason from the list"),
        _("As long as the comment has its place; it holds none of its words."),
        labels(Decision),
    ),
    StandingRule(
        _("That a moderator looks at a comment, or has taken it on"),
        _("Half a minute after they last did, or half an hour, or until the comment is decided on."),
        labels(Presence, Claim),
    ),
    StandingRule(
        _("Words that several people have used, and how much each speaks for a refusal"),
        _("Until the next day, when they are learned anew from the comments that are still kept."),
        labels(Training, LearnedWord),
    ),
    StandingRule(
        _("A flag that no moderator has answered yet"),
        _("Until it is answered, or whoever flagged erases everything about themselves."),
        labels(Flag),
    ),
)


def retention_rules() -> tuple[RetentionRule | StandingRule, ...]:
    return RULES
