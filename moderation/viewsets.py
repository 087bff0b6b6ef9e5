"""The moderator's screens in the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from moderation.models import ScreeningTerm
from moderation.views import (
    AddTermView,
    AttendView,
    CarryOutView,
    ChangeTermView,
    ClaimView,
    CommentListView,
    CorrectLanguageView,
    DecideOnCommentsView,
    DecideOnCommentView,
    DismissView,
    ImportTermsView,
    LiftMeasureView,
    OwnDecisionsView,
    PersonView,
    ReleaseView,
    ReviewCommentView,
    TakeBackNoteView,
    TakeBackView,
    TakeMeasureView,
    TermIndexView,
    WriteNoteView,
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
            # Before the identifiers, which are slugs as well; below, `language/` and others before the verbs.
            path("decide/", self.construct_view(DecideOnCommentsView), name="decide_on_comments"),
            path("undo/", self.construct_view(TakeBackView), name="take_back"),
            path("carry-out/", self.construct_view(CarryOutView), name="carry_out"),
            path("attend/", self.construct_view(AttendView), name="attend"),
            path("dismiss/", self.construct_view(DismissView), name="dismiss"),
            path("own/", self.construct_view(OwnDecisionsView), name="list_own_decisions"),
            path("notes/<int:pk>/take-back/", self.construct_view(TakeBackNoteView), name="take_back_note"),
            path("measures/<int:pk>/lift/", self.construct_view(LiftMeasureView), name="lift_measure"),
            path("<slug:public_id>/", self.construct_view(ReviewCommentView), name="review_comment"),
            path(
                "<slug:public_id>/language/",
                self.construct_view(CorrectLanguageView),
                name="correct_language",
            ),
            path("<slug:public_id>/claim/", self.construct_view(ClaimView), name="claim_comment"),
            path("<slug:public_id>/release/", self.construct_view(ReleaseView), name="release_comment"),
            path("<slug:public_id>/person/", self.construct_view(PersonView), name="show_person"),
            path("<slug:public_id>/note/", self.construct_view(WriteNoteView), name="write_note"),
            path("<slug:public_id>/measure/", self.construct_view(TakeMeasureView), name="take_measure"),
            path(
                "<slug:public_id>/<slug:verb>/",
                self.construct_view(DecideOnCommentView),
                name="decide_on_comment",
            ),
        ]


class ScreeningTermViewSet(ModelViewSet):
    """The terms that screening looks out for: a list to search, filter, add to, import and export."""

    model = ScreeningTerm
    name = "moderation_terms"
    url_prefix = "moderation/terms"
    icon = "clipboard-list"
    menu_label = _("Screening terms")
    index_view_class = TermIndexView
    add_view_class = AddTermView
    edit_view_class = ChangeTermView
    list_display = [
        "term",
        Column("kind_word", label=_("Kind"), sort_key="kind"),
        Column("language_word", label=_("Language"), sort_key="language"),
        "section",
        "note",
    ]
    list_filter = ["kind", "language"]
    list_export = ["term", "kind", "language", "section", "note", "added_at"]
    search_fields = ["term", "note"]
    form_fields = ["term", "kind", "language", "section", "note"]
    export_filename = "terms"
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_urlpatterns(self) -> list:
        return [
            path("import/", self.construct_view(ImportTermsView), name="import"),
            *super().get_urlpatterns(),
        ]


comment_viewset = CommentViewSet()
screening_term_viewset = ScreeningTermViewSet()
