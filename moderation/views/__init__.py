"""Screens of the moderator: the list, one comment, and decisions."""

from moderation.views.decisions import DecideOnCommentsView, DecideOnCommentView
from moderation.views.listing import CommentListView
from moderation.views.review import ReviewCommentView

__all__ = ["CommentListView", "DecideOnCommentView", "DecideOnCommentsView", "ReviewCommentView"]
