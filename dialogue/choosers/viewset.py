"""The addresses of the chooser."""

from django.http import Http404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChosenMultipleView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from dialogue.choosers.finding import CommentChooseResultsView, CommentChooseView
from dialogue.choosers.marking import CommentChosenView, MarkExcerptView
from dialogue.models.comments import Comment


class CommentChosenMultipleView(ChosenMultipleView):
    """Several at once are not chosen here."""

    def get_objects(self, pks: list[str]) -> list[Comment]:
        raise Http404


class CommentChooserViewSet(ChooserViewSet):
    """Where a comment is chosen in the page editor."""

    model = Comment
    icon = "openquote"
    # The stock widget would choose by primary key; ours is `dialogue.widgets.CommentChooserWidget`.
    register_widget = False
    page_title = _("Choose a comment")
    per_page = 12
    choose_view_class = CommentChooseView
    choose_results_view_class = CommentChooseResultsView
    chosen_view_class = CommentChosenView
    chosen_multiple_view_class = CommentChosenMultipleView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out the address at which Wagtail makes what is chosen: nobody makes a comment here."""
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
        return [*patterns, path("excerpt/", self.construct_view(MarkExcerptView), name="excerpt")]


comment_chooser_viewset = CommentChooserViewSet("comment_chooser")
