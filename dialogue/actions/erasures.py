"""Erasing what one person said: the words go, the place in the thread stays."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.search import index

from dialogue.actions.consents import forget_consents
from dialogue.actions.counts import add_to_counts
from dialogue.actions.events import SYSTEM, event_of, record_events
from dialogue.actions.locks import lock_comment, lock_comments
from dialogue.actions.visibility import tell_of_comments
from dialogue.fragments import write_fragment
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.events import CommentEvent, EventKind
from dialogue.models.statuses import CommentStatus
from people.models import Participant
from privacy.models import Consent

# What is emptied of a comment whose author is erased: not `participant`, a blank person by then (decision
# 13), nor `imported_as`, so that nothing is imported twice.
BLANKED = (
    "author_name",
    "role_label_fr",
    "role_label_en",
    "text",
    "html",
    "plain",
    "excerpt",
    "words_language",
    "status_token_digest",
    "network_digest",
)


def erase_comments(participant: Participant) -> int:
    """Blank everything that a participant said, in every version; return how many comments that were.

    Quotations of them disappear with them, for they hold no words of their own. What is erased already
    stays as it is.
    """
    comments = Comment.objects.filter(participant=participant).exclude(status=CommentStatus.ERASED)
    return erase_each(comments)


def erase_each(comments: Iterable[Comment]) -> int:
    """Blank each of `comments`, as when its author is erased: all of them, or none; return how many."""
    with transaction.atomic():
        locked = lock_comments(comments)
        tell_of_comments(locked)
        # In one statement for all: an erasure may reach thousands of comments.
        record_events([_erase(comment) for comment in locked])
    return len(locked)


def delete_unconfirmed(comments: QuerySet[Comment]) -> int:
    """Delete what nobody has confirmed to have written; return how many comments that were.

    It was never part of a conversation: nothing hangs on it, and it leaves no place. What is confirmed at
    this very moment stays.
    """
    with transaction.atomic():
        locked = [comment.pk for comment in lock_comments(comments)]
        # Asked again under the lock.
        keys = list(Comment.objects.filter(pk__in=locked).unverified().values_list("pk", flat=True))
        Consent.objects.filter(cause_id__in=keys).delete()
        # First: a comment of which events tell cannot be deleted (PROTECT).
        CommentEvent.objects.filter(comment__in=keys).forget_unconfirmed()
        Comment.objects.filter(pk__in=keys).delete()
    return len(keys)


def blank_versions(versions: QuerySet[CommentRevision]) -> None:
    """Blank the words of versions that readers never had."""
    versions.update(text="", html="", plain="", excerpt="", words_language="")


def blank_set_aside(versions: QuerySet[CommentRevision]) -> None:
    """Blank the words of `versions`, whoever changes their comments at this moment."""
    with transaction.atomic():
        lock_comments(Comment.objects.filter(revisions__in=versions))
        blank_versions(versions)


def _erase(comment: Comment) -> CommentEvent:
    """Blank a comment, and return what happened, not yet stored: neither who asked for it, nor why."""
    with transaction.atomic():
        current = lock_comment(comment)
        was_published = current.is_published
        for name in BLANKED:
            setattr(current, name, "")
        forget_consents(current)
        current.idempotency_key = current.waiting_version = current.edited_at = None
        current.wants_replies = current.wants_outcomes = current.may_be_asked = False
        current.status = CommentStatus.ERASED
        current.erased_at = timezone.now()
        write_fragment(current)
        current.save()
        # After `save`: which replies are shown, and who spoke first, is asked of the table.
        add_to_counts(current, -int(was_published))
        blank_versions(CommentRevision.objects.filter(comment=current))
    # The index is renewed by a task, which may come later; this may not.
    index.remove_object(current)
    return event_of(current, EventKind.ERASED, SYSTEM, at=current.erased_at)
