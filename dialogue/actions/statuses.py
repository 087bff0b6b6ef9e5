"""Deciding where a comment stands."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.actions.consents import record_withdrawal
from dialogue.actions.counts import add_to_counts
from dialogue.actions.events import AUTHOR, Doer, decider
from dialogue.actions.locks import lock_comment
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.steps import (
    HIDE,
    PUBLISH,
    REJECT,
    RESTORE,
    WITHDRAW,
    Step,
    refuse_step,
    take_step,
)
from dialogue.fragments import FRAGMENT_FIELDS, write_fragment
from dialogue.mail import note_for_followers, tell_of_reply
from dialogue.models.comments import Comment
from dialogue.models.events import CommentEvent
from dialogue.models.statuses import CommentStatus
from mail.models import ChoicePlace
from people.models import Participant
from portal.permissions import Viewer


def publish_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Let everybody who may read the page read the comment. Return what happened, if anything did."""
    return _apply(comment, PUBLISH, decider(comment, by))


def reject_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Decide that a waiting comment is not published. Return what happened, if anything did."""
    return _apply(comment, REJECT, decider(comment, by))


def hide_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Take a published comment away from readers; its place stays. Return what happened, if anything did."""
    return _apply(comment, HIDE, decider(comment, by))


def restore_comment(comment: Comment, *, by: Viewer | None) -> CommentEvent | None:
    """Bring a hidden comment back to readers. Return what happened, if anything did."""
    return _apply(comment, RESTORE, decider(comment, by))


def withdraw_comment(comment: Comment, *, by: Participant, place: ChoicePlace = ChoicePlace.PAGE) -> bool:
    """Let authors take their own words back, for good; the place of what was public stays.

    Return whether anything changed. What a moderator removed stays removed by a moderator; a change that
    waits is taken back with the rest.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        event = _apply(comment, WITHDRAW, AUTHOR)
        if event is not None:
            record_withdrawal(comment, place)
    return event is not None


def _apply(comment: Comment, step: Step, doer: Doer) -> CommentEvent | None:
    event = None
    # One that has just come in is undone with the act that brought it, never by itself (decision 31).
    with transaction.atomic(savepoint=not comment.is_new):
        current = lock_comment(comment)
        # A sentence of its own: “only a waiting comment” would be no answer to a moderator who sees it wait.
        if current.status == CommentStatus.UNVERIFIED and current.status not in step.allowed:
            raise CommentRefused(
                _("Its author has not confirmed the address yet. Nothing is decided before."),
                Refusal.NOT_CONFIRMED,
            )
        if current.status != step.to:
            refuse_step(current, step)
            was_published = current.is_published
            event = take_step(current, step, doer, at=timezone.now())
            write_fragment(current)
            # The status first: what is counted is asked of the database.
            _write_status(current, step)
            event.save(force_insert=True)
            add_to_counts(current, int(current.is_published) - int(was_published))
            if step is PUBLISH:  # of what is restored they were told when it was published
                tell_of_reply(current)
                note_for_followers(current)
    # The caller's object follows without a query: acts on a selection go through here for each comment.
    for name in ("status", step.date, "decided_by_id", *step.fields):
        setattr(comment, name, getattr(current, name))
    return event


def _write_status(comment: Comment, step: Step) -> None:
    names = ("status", step.date, "decided_by", *step.fields, *FRAGMENT_FIELDS)
    if comment.is_new:  # whoever writes it tells the index, once
        Comment.objects.filter(pk=comment.pk).update(**{name: getattr(comment, name) for name in names})
    else:
        comment.save(update_fields=names)
