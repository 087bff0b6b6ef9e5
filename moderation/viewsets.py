"""The moderator's screens in the admin. The moderation desk takes their place when it comes."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from moderation.views import (
    CommentListView,
    CorrectLanguageView,
    DecideOnCommentsView,
    DecideOnCommentView,
    ReviewCommentView,
)


class CommentViewSet(ViewSet):
    """What waits, what was decided, and the forms to decide."""

    name = "moderation_comments"
    url_prefix = "moderation/comments"
    icon = "comment"
    menu_label = _("Comments")

    def get_urlpatterns(self) -> list:
        return [
            path("", self.construct_view(CommentListView), name="list_comments"),
            path(
                "results/",
                self.construct_view(CommentListView, results_only=True),
                name="list_comments_results",
            ),
            # Before the identifiers, which are slugs as well; `language/` below before the verbs.
            path("decide/", self.construct_view(DecideOnCommentsView), name="decide_on_comments"),
            path("<slug:public_id>/", self.construct_view(ReviewCommentView), name="review_comment"),
            path(
                "<slug:public_id>/language/",
                self.construct_view(CorrectLanguageView),
                name="correct_language",
            ),
            path(
                "<slug:public_id>/<slug:verb>/",
                self.construct_view(DecideOnCommentView),
                name="decide_on_comment",
            ),
        ]


comment_viewset = CommentViewSet()
