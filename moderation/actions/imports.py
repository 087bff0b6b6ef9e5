"""Bringing in comments with what was decided on them, when it was decided and by whom."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import actions as dialogue_actions
from dialogue.actions import (
    RULE,
    CommentRefused,
    Doer,
    Imported,
    ImportedAct,
    ImportedComment,
    ImportRefused,
    Refusal,
)
from dialogue.models import CommentEvent, EventKind, EventRole
from moderation.actions.reasons import UNEXPLAINED, Justification, refuse_reason
from moderation.models import Decision, Rule, Verb
from people.models import User
from portal.permissions import Viewer

BATCH = 1_000
# What a decision did to the comment; to hold what waits already did nothing.
DID = {
    Verb.PUBLISH: EventKind.PUBLISHED,
    Verb.REJECT: EventKind.REJECTED,
    Verb.HIDE: EventKind.HIDDEN,
    Verb.RESTORE: EventKind.RESTORED,
}


@dataclass(frozen=True, slots=True)
class ImportedDecision:
    """What was decided on a comment, when, and why: `by` a moderator, or by a `rule`."""

    verb: Verb
    at: datetime
    by: User | None = None
    rule: Rule | None = None
    why: Justification = UNEXPLAINED

    @property
    def act(self) -> ImportedAct | None:
        """What it did to the comment, if anything."""
        doer = RULE if self.by is None else Doer(EventRole.MODERATOR, self.by)
        return ImportedAct(DID[self.verb], self.at, doer) if self.verb in DID else None


@dataclass(frozen=True, slots=True)
class DecidedComment:
    """A comment to import, and what was decided on it, besides what its own `acts` tell."""

    row: ImportedComment
    decisions: tuple[ImportedDecision, ...] = ()

    @property
    def whole_row(self) -> ImportedComment:
        """The comment with everything that was done to it, in the order of time."""
        decided = (decision.act for decision in self.decisions)
        acts = [*self.row.acts, *(act for act in decided if act is not None)]
        return replace(self.row, acts=tuple(sorted(acts, key=lambda act: act.at)))


def import_comments(comments: Iterable[DecidedComment], *, by: Viewer | None) -> list[Imported]:
    """Import comments, each with a Decision for all that was decided; return what is new.

    As the verb of `dialogue`: all of it or nothing, and the second time nothing. Raises `ImportRefused`.
    """
    comments = list(comments)
    _refuse(comments)
    decisions = {one.row.source: one.decisions for one in comments}
    with transaction.atomic():
        imported = dialogue_actions.import_comments([one.whole_row for one in comments], by=by)
        Decision.objects.bulk_create(
            (_decision(one, decision) for one in imported for decision in decisions[one.row.source]),
            batch_size=BATCH,
        )
    return imported


def _refuse(comments: list[DecidedComment]) -> None:
    """Raise `ImportRefused` where a decision has no reason that holds, or both a moderator and a rule."""
    faults: dict[str, CommentRefused] = {}
    for one in comments:
        try:
            for decision in one.decisions:
                refuse_reason(decision.verb, decision.why)
                if (decision.by is None) == (decision.rule is None):
                    raise CommentRefused(_("Either a moderator decides or a rule."), Refusal.BAD_ACT)
        except CommentRefused as fault:
            faults[one.row.source] = fault
    if faults:
        raise ImportRefused(faults)


def _decision(imported: Imported, decision: ImportedDecision) -> Decision:
    comment = imported.comment
    event: CommentEvent | None = imported.events[decision.act] if decision.act else None
    return Decision(
        comment=comment,
        comment_version=event.version if event else _version_at(imported, decision.at),
        verb=decision.verb,
        event=event,
        by=decision.by,
        rule=decision.rule or "",
        decided_at=decision.at,
        **asdict(decision.why),
    )


def _version_at(imported: Imported, at: datetime) -> int:
    # Versions are numbered from 1: as many as had been sent by then is the number of the last.
    return sum(version.submitted_at <= at for version in imported.versions)
