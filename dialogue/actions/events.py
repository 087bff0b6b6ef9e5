"""Writing down what happens to comments: one row for each act, in the transaction of the act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from dialogue.models.comments import Comment
from dialogue.models.events import CommentEvent, EventKind, EventRole
from dialogue.permissions import CommentPermissionTester
from people.models import Side, User
from portal.permissions import Viewer


@dataclass(frozen=True, slots=True)
class Doer:
    """As what somebody acts, and for a moderator or an editor who it is."""

    role: EventRole
    by: User | None = None

    def side_of(self, comment: Comment) -> str:
        """Return on whose side: authors act on that of their comment, our own people for the organisation."""
        if self.role == EventRole.AUTHOR:
            return comment.side
        return Side.ORGANISATION if self.by is not None else ""


AUTHOR = Doer(EventRole.AUTHOR)
RULE = Doer(EventRole.RULE)
SYSTEM = Doer(EventRole.SYSTEM)


def decider(comment: Comment, by: Viewer | None) -> Doer:
    """Return as what somebody decides on `comment`: a moderator, or a rule where nobody does.

    Raises `PermissionDenied` for whoever may not.
    """
    if by is None:
        return RULE
    if not isinstance(by, User) or not CommentPermissionTester(comment, by).can_moderate():
        raise PermissionDenied
    return Doer(EventRole.MODERATOR, by)


def editor(by: Viewer) -> Doer:
    """Return whoever does something for a page. Raises `PermissionDenied` for somebody without an account."""
    if not isinstance(by, User):
        raise PermissionDenied
    return Doer(EventRole.EDITOR, by)


def event_of(
    comment: Comment,
    kind: EventKind,
    doer: Doer,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> CommentEvent:
    """Return what has just been done with `comment`, not yet stored, and go on from there.

    The comment is one that `lock_comment` returned, and as it is now: where it stood before is what the lock
    saw. `version` is that of its words unless told otherwise.
    """
    event = CommentEvent(
        comment=comment,
        kind=kind,
        happened_at=at or timezone.now(),
        role=doer.role,
        by=doer.by,
        side=doer.side_of(comment),
        status_before=comment.status_when_locked,
        status_after=comment.status,
        version=comment.version if version is None else version,
    )
    comment.status_when_locked = comment.status
    return event


def record_event(
    comment: Comment,
    kind: EventKind,
    doer: Doer,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> CommentEvent:
    """Write down what has just been done with `comment`, in the transaction of the act: one statement."""
    event = event_of(comment, kind, doer, version=version, at=at)
    event.save(force_insert=True)
    return event


def record_events(events: Iterable[CommentEvent]) -> None:
    """Write down what one act has done with many comments."""
    CommentEvent.objects.bulk_create(events, batch_size=1_000)
