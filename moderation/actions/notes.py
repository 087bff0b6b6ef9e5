"""Notes of moderators for one another."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment
from moderation.models import NOTE_MAX_LENGTH, Note
from moderation.permissions import MeasurePermissionTester
from people.models import Participant, User


def write_note(comment: Comment, text: str, *, by: User, is_about_author: bool = False) -> Note | None:
    """Leave a note for whoever may decide on `comment`, about it or about its author; nobody is mailed.

    Return it, or None where the same person wrote the same there already. Raises `PermissionDenied` where
    they may not decide on the comment, and `CommentRefused` for a note without words, or with too many.
    """
    if not MeasurePermissionTester(comment, by).can_write_note():
        raise PermissionDenied
    text = text.strip()
    if not text:
        raise CommentRefused(_("Write your note first."), Refusal.NO_WORDS)
    if len(text) > NOTE_MAX_LENGTH:
        told = _("Keep the note within %(limit)s characters.") % {"limit": NOTE_MAX_LENGTH}
        raise CommentRefused(told, Refusal.TOO_LONG)
    with transaction.atomic():
        # Of the same form sent twice at once, the second finds what the first wrote.
        Participant.objects.select_for_update(no_key=True).get(pk=comment.participant_id)
        known = Note.objects.filter(comment=comment, written_by=by, text=text)
        if known.filter(is_about_author=is_about_author).exists():
            return None
        return Note.objects.create(comment=comment, text=text, written_by=by, is_about_author=is_about_author)


def take_back_note(note: Note, *, by: User) -> None:
    """Delete a note; the second time changes nothing. Raises `PermissionDenied` for one of somebody else."""
    if note.written_by_id != by.pk:
        raise PermissionDenied
    Note.objects.filter(pk=note.pk).delete()
