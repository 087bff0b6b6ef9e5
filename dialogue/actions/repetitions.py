"""What one person says twice."""

import unicodedata
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue import markup
from dialogue.actions.refusals import KnownComment, Refusal
from dialogue.actions.submissions import Submission, author_of
from dialogue.models.comments import Comment
from dialogue.models.pages import ConversationPage
from dialogue.models.statuses import CommentStatus

WINDOW = timedelta(days=1)
# What its author withdrew may be said anew; what nobody has confirmed may be somebody else's.
SAID = (CommentStatus.HELD, CommentStatus.PUBLISHED, CommentStatus.REJECTED, CommentStatus.HIDDEN)


class AlreadySaid(KnownComment):
    """The same person has said the same in the same place within a day."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(
            _("You have said this already: nothing was sent a second time."), Refusal.SAID_ALREADY, comment
        )


def refuse_repetition(page: ConversationPage, submission: Submission) -> None:
    """Raise `AlreadySaid` for the same words, by the same person, in reply to the same comment or to none.

    Only whoever is known, by an account or by a trusted device, is told: to anybody else it would tell what
    the owner of an address has said. Thanks to two people are two comments, and so are words of one's own and
    the organisation's.
    """
    if submission.user.is_authenticated:
        person = Q(participant__user=submission.user)
    elif submission.origin.guest is not None:
        person = Q(participant=submission.origin.guest)
    else:
        return
    said = Comment.objects.filter(
        person,
        page=page,
        parent=submission.parent,
        side=author_of(submission).side,
        status__in=SAID,
        submitted_at__gt=timezone.now() - WINDOW,
    )
    # Compared here, for no database folds text as we do; one person says little on one page in a day.
    words = fold(submission.text)
    for comment in said.order_by("submitted_at"):
        if fold(comment.text) == words:
            raise AlreadySaid(comment)


def fold(text: str) -> str:
    """Return the words by which two texts are the same: without regard to capitals and white space."""
    # `casefold` may take a text out of its normal form, so that comes last.
    return " ".join(unicodedata.normalize("NFC", markup.normalise(text).casefold()).split())
