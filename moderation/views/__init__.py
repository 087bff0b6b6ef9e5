"""Screens of the moderator: the list, one comment, and decisions; to flag and to appeal, the reader's."""

from moderation.views.appeals import appeal_by_status, appeal_own_comment
from moderation.views.counts import show_decision_counts
from moderation.views.decisions import DecideOnCommentView
from moderation.views.flags import flag_comment, show_flag_sent
from moderation.views.languages import CorrectLanguageView
from moderation.views.listing import CommentListView
from moderation.views.many import DecideOnCommentsView
from moderation.views.pending import CarryOutView, DismissView, TakeBackView
from moderation.views.review import ReviewCommentView
from moderation.views.terms import AddTermView, ChangeTermView, ImportTermsView, TermIndexView

__all__ = [
    "AddTermView",
    "CarryOutView",
    "ChangeTermView",
    "CommentListView",
    "CorrectLanguageView",
    "DecideOnCommentView",
    "DecideOnCommentsView",
    "DismissView",
    "ImportTermsView",
    "ReviewCommentView",
    "TakeBackView",
    "TermIndexView",
    "appeal_by_status",
    "appeal_own_comment",
    "flag_comment",
    "show_decision_counts",
    "show_flag_sent",
]
