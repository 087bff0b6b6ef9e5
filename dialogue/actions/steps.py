"""The steps by which a comment comes to stand elsewhere: from where, to where, and what goes with each."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dialogue.actions.events import Doer, event_of
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.models.comments import Comment
from dialogue.models.events import CommentEvent, EventKind
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import AuthorPermissionTester


@dataclass(frozen=True)
class Step:
    """One change of status: from where, to where, and what is said when it cannot be done."""

    kind: EventKind
    to: CommentStatus
    date: str
    allowed: frozenset[CommentStatus]
    refusal: str
    fields: tuple[str, ...] = ()  # what is written with it


PUBLISH = Step(
    EventKind.PUBLISHED,
    CommentStatus.PUBLISHED,
    "published_at",
    frozenset({CommentStatus.HELD, CommentStatus.REJECTED}),
    gettext_noop("Only a waiting or rejected comment can be published."),
    fields=("published_version",),
)
REJECT = Step(
    EventKind.REJECTED,
    CommentStatus.REJECTED,
    "rejected_at",
    frozenset({CommentStatus.HELD}),
    gettext_noop("Only a waiting comment can be rejected."),
)
HIDE = Step(
    EventKind.HIDDEN,
    CommentStatus.HIDDEN,
    "hidden_at",
    frozenset({CommentStatus.PUBLISHED}),
    gettext_noop("Only a published comment can be hidden."),
)
RESTORE = Step(
    EventKind.RESTORED,
    CommentStatus.PUBLISHED,
    # Restored, it keeps the date of its first publication (`take_step`).
    "published_at",
    frozenset({CommentStatus.HIDDEN}),
    gettext_noop("Only a hidden comment can be restored."),
)
WITHDRAW = Step(
    EventKind.WITHDRAWN,
    CommentStatus.WITHDRAWN,
    "withdrawn_at",
    AuthorPermissionTester.WITHDRAWABLE,
    gettext_noop("This comment is no longer there to be withdrawn."),
    fields=("waiting_version",),
)
STEPS = {step.kind: step for step in (PUBLISH, REJECT, HIDE, RESTORE, WITHDRAW)}


def refuse_step(comment: Comment, step: Step) -> None:
    """Raise `CommentRefused` where `comment` stands nowhere from where this step leads."""
    if comment.status not in step.allowed:
        raise CommentRefused(_(step.refusal), Refusal.WRONG_STATUS)


def take_step(comment: Comment, step: Step, doer: Doer, *, at: datetime) -> CommentEvent:
    """Let `comment` stand where the step leads, and return what happened; neither is stored yet."""
    comment.status = step.to
    if step is not RESTORE:  # the first publication stays, and so do its place and its date
        setattr(comment, step.date, at)
    comment.decided_by = doer.by
    if step is PUBLISH:
        comment.published_version = comment.version
    if step is WITHDRAW:
        comment.waiting_version = None
    return event_of(comment, step.kind, doer, at=at)
