"""Starting an article from a comment."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from dialogue.actions.refusals import CommentRefused
from dialogue.models.comments import Comment
from dialogue.permissions import CommentPermissionTester
from portal.permissions import Viewer


def feature_comment(comment: Comment, *, by: Viewer) -> Page:
    """Start a draft article around `comment` and return it.

    What an article is, a higher app knows: it registers on the hook `start_article`. Raises
    `PermissionDenied` where `by` may not feature the comment, `CommentRefused` where nobody can start one.
    """
    if not CommentPermissionTester(comment, by).can_feature():
        raise PermissionDenied
    for start_article in hooks.get_hooks("start_article"):
        page = start_article(comment, by=by)
        if page is not None:
            return page
    raise CommentRefused(_("There is no article section in this language in which you may write."))
