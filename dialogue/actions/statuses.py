"""Deciding where a comment stands."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dialogue.actions.consents import record_withdrawal
from dialogue.actions.counts import add_to_counts
from dialogue.actions.events import AUTHOR, Doer, decider, record_event
from dialogue.actions.locks import lock_comment
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.fragments import FRAGMENT_FIELDS, write_fragment
from dialogue.mail import note_for_followers, tell_of_reply
from dialogue.models.comments import Comment
from dialogue.models.events import CommentEvent, EventKind
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import AuthorPermissionTester
from mail.models import ChoicePlace
from people.models import Participant
from portal.permissions import Viewer


@dataclass(frozen=True)
class _Verb:
    """One change of status: from where, to where, and what is said when it cannot be done."""

    kind: EventKind
    to: CommentStatus
    date: str
    allowed: frozenset[CommentStatus]
    refusal: str
    fields: tuple[str, ...] = ()  # what is written with it


_PUBLISH = _Verb(
    EventKind.PUBLISHED,
    CommentStatus.PUBLISHED,
    "published_at",
    frozenset({CommentStatus.HELD, CommentStatus.REJECTED}),
    gettext_noop("Only a waiting or rejected comment can be published."),
    fields=("published_version",),
)
_REJECT = _Verb(
    EventKind.REJECTED,
    CommentStatus.REJECTED,
    "rejected_at",
    frozenset({CommentStatus.HELD}),
    gettext_noop("Only a waiting comment can be rejected."),
)
_HIDE = _Verb(
    EventKind.HIDDEN,
    CommentStatus.HIDDEN,
    "hidden_at",
    frozenset({CommentStatus.PUBLISHED}),
    gettext_noop("Only a published comment can be hidden."),
)
_RESTORE = _Verb(
    EventKind.RESTORED,
    CommentStatus.PUBLISHED,
    "published_at",
    frozenset({CommentStatus.HIDDEN}),
    gettext_noop("Only a hidden comment can be restored."),
)
_WITHDRAW = _Verb(
    EventKind.WITHDRAWN,
    CommentStatus.WITHDRAWN,
    "withdrawn_at",
    AuthorPermissionTester.WITHDRAWABLE,
    gettext_noop("This comment is no longer there to be withdrawn."),
    fields=("waiting_version",),
)


def publish_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Let everybody who may read the page read the comment. Return what happened, if anything did."""
    return _apply(comment, _PUBLISH, decider(comment, by))


def reject_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Decide that a waiting comment is not published. Return what happened, if anything did."""
    return _apply(comment, _REJECT, decider(comment, by))


def hide_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Take a published comment away from readers; its place stays. Return what happened, if anything did."""
    return _apply(comment, _HIDE, decider(comment, by))


def restore_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Bring a hidden comment back to readers. Return what happened, if anything did."""
    return _apply(comment, _RESTORE, decider(comment, by))


def withdraw_comment(comment: Comment, *, by: Participant, place: ChoicePlace = ChoicePlace.PAGE) -> bool:
    """Let authors take their own words back, for good; the place of what was public stays.

    Return whether anything changed. What a moderator removed stays removed by a moderator; a change that
    waits is taken back with the rest.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        event = _apply(comment, _WITHDRAW, AUTHOR)
        if event is not None:
            record_withdrawal(comment, place)
    return event is not None


def _apply(comment: Comment, verb: _Verb, doer: Doer) -> CommentEvent | None:
    event = None
    with transaction.atomic():
        current = lock_comment(comment)
        if current.status == CommentStatus.UNVERIFIED and current.status not in verb.allowed:
            raise CommentRefused(
                _("Its author has not confirmed the address yet. Nothing is decided before."),
                Refusal.NOT_CONFIRMED,
            )
        if current.status != verb.to and current.status not in verb.allowed:
            raise CommentRefused(_(verb.refusal), Refusal.WRONG_STATUS)
        if current.status != verb.to:
            now, was_published = timezone.now(), current.is_published
            current.status = verb.to
            if verb is not _RESTORE:  # the first publication stays, and so do its place and its date
                setattr(current, verb.date, now)
            current.decided_by = doer.by
            if verb is _PUBLISH:
                current.published_version = current.version
            if verb is _WITHDRAW:
                current.waiting_version = None
            write_fragment(current)
            # The status first: what is counted is asked of the database.
            _write_status(current, verb)
            event = record_event(current, verb.kind, doer, at=now)
            add_to_counts(current, int(current.is_published) - int(was_published))
            if verb is _PUBLISH:  # of what is restored they were told when it was published
                tell_of_reply(current)
                note_for_followers(current)
    for name in ("status", verb.date, "decided_by_id", *verb.fields):
        setattr(comment, name, getattr(current, name))
    return event


def _write_status(comment: Comment, verb: _Verb) -> None:
    names = ("status", verb.date, "decided_by", *verb.fields, *FRAGMENT_FIELDS)
    if comment.is_new:  # whoever writes it tells the index, once
        Comment.objects.filter(pk=comment.pk).update(**{name: getattr(comment, name) for name in names})
    else:
        comment.save(update_fields=names)
