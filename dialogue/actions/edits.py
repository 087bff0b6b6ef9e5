"""Changing one's own words, as long as readers have not seen them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue import markup
from dialogue.actions.consents import consent_to_quotation, record_quotation
from dialogue.actions.posts import write_words
from dialogue.actions.refusals import CommentRefused
from dialogue.actions.screening import screen
from dialogue.actions.statuses import lock_comment
from dialogue.models.comments import Comment, CommentRevision, CommentStatus
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import AuthorPermissionTester
from people.models import ConsentPlace, Participant


def edit_comment(comment: Comment, text: str, *, by: Participant, may_quote: bool = False) -> bool:
    """Put new words in the place of one's own, as a new version, and have a held comment screened anew.

    Return whether the words changed. Consent to be quoted was given for the words as they were: it holds on
    only where it is given again. Raises `CommentRefused` where it is too late.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    minutes = ConversationSettings.for_site(comment.page.get_site()).edit_minutes
    text = markup.normalise(text)
    with transaction.atomic():
        current = lock_comment(comment)
        if not AuthorPermissionTester(current, by, minutes).can_edit():
            raise CommentRefused(
                _("This comment can no longer be changed. You may withdraw it, and say it anew.")
            )
        if current.text == text:
            return False
        now = timezone.now()
        current.version += 1
        write_words(current, text)
        consent_to_quotation(current, now if may_quote else None)
        current.save()
        record_quotation(current, ConsentPlace.CHANGE)
        CommentRevision.objects.create(
            comment=current,
            version=current.version,
            text=current.text,
            html=current.html,
            submitted_at=now,
            accepted_at=now,
        )
        if current.status == CommentStatus.HELD:
            screen(current)
    comment.refresh_from_db()
    return True
