"""What readers are told of changed comments, and what authors are offered who may still change theirs."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.settings import ConversationSettings
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import AuthorPermissionTester, CommentPermissionTester
from dialogue.readers import ShownComment
from people.models import Participant
from portal.permissions import Viewer

A_DAY = timedelta(days=1)  # nothing older can still be changed


def tell_of_changes(comments: Sequence[ShownComment], page: Page, viewer: Viewer) -> None:
    """Set on each comment of `page` that was changed whether `viewer` may read what it said before."""
    changed = [comment for comment in comments if comment.edited_at and comment.is_published]
    if changed:
        readers = ConversationSettings.for_site(page.get_site()).history_readers
        # One stands for all: of published comments on one page the answer is the same.
        any_of_them = Comment(page=page, status=CommentStatus.PUBLISHED)
        may_read = CommentPermissionTester(any_of_them, viewer).can_read_history(readers)
        for comment in changed:
            comment.shows_history = may_read


def offer_to_change(comments: Sequence[ShownComment], page: Page, viewer: Viewer) -> None:
    """Set on the comments of a signed-in viewer the address at which they change them, while they may.

    A guest is no different from other readers here: their browser keeps the addresses of what it has sent.
    """
    if not viewer.is_authenticated:
        return
    since = timezone.now() - A_DAY
    recent = [comment for comment in comments if comment.submitted_at > since and comment.is_published]
    person = Participant.objects.filter(user=viewer).first() if recent else None
    if person is None:
        return
    minutes = ConversationSettings.for_site(page.get_site()).edit_minutes
    for comment in recent:
        # `viewer` has the page before them: it is not asked again for each comment.
        if AuthorPermissionTester(comment, person, minutes, may_read_page=True).can_edit():
            comment.change_url = reverse("edit_own_comment", args=[comment.public_id])
