"""Screens of the moderator: the list, one comment, and decisions; to flag and to appeal, the reader's."""

from moderation.views.appeals import appeal_by_status, appeal_own_comment
from moderation.views.attend import AttendView
from moderation.views.claims import ClaimView, ReleaseView
from moderation.views.counts import show_decision_counts
from moderation.views.decisions import DecideOnCommentView
from moderation.views.flags import flag_comment, show_flag_sent
from moderation.views.languages import CorrectLanguageView
from moderation.views.listing import CommentListView
from moderation.views.many import DecideOnCommentsView
from moderation.views.measures import LiftMeasureView, TakeMeasureView
from moderation.views.notes import TakeBackNoteView, WriteNoteView
from moderation.views.own_decisions import OwnDecisionsView
from moderation.views.pending import CarryOutView, DismissView, TakeBackView
from moderation.views.people import PersonView
from moderation.views.review import ReviewCommentView
from moderation.views.terms import AddTermView, ChangeTermView, ImportTermsView, TermIndexView

__all__ = [
    "AddTermView",
    "AttendView",
    "CarryOutView",
    "ChangeTermView",
    "ClaimView",
    "CommentListView",
    "CorrectLanguageView",
    "DecideOnCommentView",
    "DecideOnCommentsView",
    "DismissView",
    "ImportTermsView",
    "LiftMeasureView",
    "OwnDecisionsView",
    "PersonView",
    "ReleaseView",
    "ReviewCommentView",
    "TakeBackNoteView",
    "TakeBackView",
    "TakeMeasureView",
    "TermIndexView",
    "WriteNoteView",
    "appeal_by_status",
    "appeal_own_comment",
    "flag_comment",
    "show_decision_counts",
    "show_flag_sent",
]
