"""Correcting the name with which a guest signed what they said."""

from django.db import transaction

from dialogue.actions.events import editor, event_of, record_events
from dialogue.actions.locks import lock_comment, lock_comments
from dialogue.actions.visibility import tell_of_comments
from dialogue.fragments import FRAGMENT_FIELDS, write_fragment
from dialogue.models.comments import Comment
from dialogue.models.events import CommentEvent, EventKind
from dialogue.models.statuses import CommentStatus
from people.models import Participant, User


def correct_name(participant: Participant, former: str, name: str, by: User) -> int:
    """Sign with `name` what a guest signed with `former`; return how many comments that were.

    Quotations follow at once, in the form of the name that was agreed: they keep no name (rule 6). One that
    the person chose for a quotation is no signature, and stays. Who may do this, and what may be a name, is
    asked by `privacy.actions.correct_name`, which calls.
    """
    signed = Comment.objects.filter(participant=participant, author_name=former)
    with transaction.atomic():
        locked = lock_comments(signed.exclude(status=CommentStatus.ERASED))
        tell_of_comments(locked)
        record_events([_sign(comment, name, by) for comment in locked])
    return len(locked)


def _sign(comment: Comment, name: str, by: User) -> CommentEvent:
    with transaction.atomic():
        current = lock_comment(comment)
        current.author_name = name
        write_fragment(current)  # which holds the name
        current.save(update_fields=["author_name", *FRAGMENT_FIELDS])
    return event_of(current, EventKind.NAME_CORRECTED, editor(by))
