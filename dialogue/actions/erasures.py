"""Erasing what one person said: the words go, the place in the thread stays."""

from django.db import transaction
from django.utils import timezone
from wagtail.search import index

from dialogue.actions.counts import add_to_counts
from dialogue.actions.statuses import lock_comment
from dialogue.models.comments import Comment, CommentRevision, CommentStatus
from dialogue.models.featured import FeaturedComment
from people.models import Participant


def erase_comments(participant: Participant) -> int:
    """Blank everything that a participant said, in every version; return how many comments that were.

    Quotations of them disappear with them, for they hold no words of their own. What is erased already
    stays as it is.
    """
    comments = list(Comment.objects.filter(participant=participant).exclude(status=CommentStatus.ERASED))
    for comment in comments:
        _erase(comment)
    return len(comments)


def _erase(comment: Comment) -> None:
    with transaction.atomic():
        current = lock_comment(comment)
        was_published = current.is_published
        for name in ("author_name", "role_label", "text", "html", "excerpt", "quote_consent_wording"):
            setattr(current, name, "")
        for name in ("status_token_digest", "network_digest"):
            setattr(current, name, "")
        current.quote_consented_at = current.quote_consent_version = current.idempotency_key = None
        current.wants_replies = False
        current.status = CommentStatus.ERASED
        current.erased_at = timezone.now()
        current.save()
        add_to_counts(current, -int(was_published))
        CommentRevision.objects.filter(comment=current).update(text="", html="")
        FeaturedComment.objects.filter(comment=current).update(name_shown="", ranges=[])
    # The index is renewed by a task, which may come later; this may not.
    index.remove_object(current)
