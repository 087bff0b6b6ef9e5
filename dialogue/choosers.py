"""The chooser with which an editor finds a comment; it never shows one that they may not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page
from django.http import Http404, HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from dialogue.forms import CommentFilterForm, Leave, leave_of
from dialogue.models.comments import Comment
from dialogue.querysets import CommentQuerySet
from portal.permissions import Audience, Viewer, audience_of, load_restrictions

NOT_SHOWN = ("fragment", "parent__text", "parent__html", "parent__plain", "parent__fragment")


def choosable(viewer: Viewer) -> CommentQuerySet:
    """Return the comments that `viewer` may feature: none without the right."""
    if not viewer.has_perm("dialogue.feature_comment"):
        return Comment.objects.none()
    return Comment.objects.visible_to(viewer).select_related("page").order_by("-submitted_at", "-pk")


@dataclass(frozen=True)
class FoundComment:
    """A comment as the chooser shows it, with what tells it apart and where it is chosen."""

    comment: Comment
    leave: Leave
    is_internal: bool
    url: str


def describe_choice(comment: Comment) -> str:
    """Return a comment as it is named where it was just chosen: who, what, and whether that is agreed."""
    if comment.quote_consented_at is None:
        return _("%(comment)s (has not agreed to be quoted: readers do not see it)") % {"comment": comment}
    return str(comment)


class KindPaginator(WagtailPaginator):
    """Pages of a list; for a number that is none, or that the list does not have, the nearest."""

    def validate_number(self, number: Any) -> int:
        try:
            return super().validate_number(number)
        except InvalidPage:
            is_too_high = str(number).isascii() and str(number).isdigit() and str(number).strip("0")
            return self.num_pages if is_too_high else 1


class _FindsComments:
    """The list of comments, narrowed as the form says; nothing is found by a form that is wrong."""

    filter_form_class = CommentFilterForm
    template_name = "dialogue/comment_chooser.html"
    results_template_name = "dialogue/comment_chooser_results.html"
    paginator_class = KindPaginator
    request: HttpRequest
    results: Page
    filter_form: CommentFilterForm

    def get_filter_form(self) -> CommentFilterForm:
        return CommentFilterForm(self.request.GET, viewer=self.request.user)

    def get_object_list(self) -> CommentQuerySet:
        found = choosable(self.request.user).select_related("page__locale", "parent").with_leave_to_ask()
        return found.defer(*NOT_SHOWN)

    def filter_object_list(self, objects: CommentQuerySet) -> CommentQuerySet:
        return self.filter_form.filter(objects)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {
            **context,
            "found": list(self.find()),
            "complaints": self.filter_form.complaints,
            "narrowing": self.filter_form.narrowing,
        }

    def find(self) -> Iterator[FoundComment]:
        restrictions = load_restrictions()
        for comment in self.results:
            url = reverse(self.chosen_url_name, args=[comment.public_id])  # type: ignore[attr-defined]
            yield FoundComment(
                comment=comment,
                leave=leave_of(comment),
                is_internal=audience_of(comment.page, restrictions) == Audience.INTERNAL,
                url=self.append_preserved_url_parameters(url),  # type: ignore[attr-defined]
            )


class CommentChooseView(_FindsComments, ChooseView):
    """The whole modal."""


class CommentChooseResultsView(_FindsComments, ChooseResultsView):
    """The list alone."""


class CommentChosenView(ChosenView):
    """The answer to the editor's form; the stock view would hand out any comment to anybody in the admin."""

    def get_object(self, pk: str) -> Comment:
        comment = choosable(self.request.user).filter(public_id=pk).first()
        if comment is None:
            raise Http404
        return comment

    def get_object_id(self, instance: Comment) -> str:
        return instance.public_id

    def get_display_title(self, instance: Comment) -> str:
        return describe_choice(instance)

    def get_edit_item_url(self, instance: Comment) -> str:
        return ""


class CommentChosenMultipleView(ChosenMultipleView):
    """Several at once are not chosen here."""

    def get_objects(self, pks: list[str]) -> list[Comment]:
        raise Http404


class CommentChooserViewSet(ChooserViewSet):
    """Where a comment is chosen in the page editor."""

    model = Comment
    icon = "openquote"
    # The stock widget would choose by primary key; ours is `dialogue.blocks.CommentChooserWidget`.
    register_widget = False
    page_title = _("Choose a comment")
    per_page = 12
    choose_view_class = CommentChooseView
    choose_results_view_class = CommentChooseResultsView
    chosen_view_class = CommentChosenView
    chosen_multiple_view_class = CommentChosenMultipleView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out the address at which Wagtail makes what is chosen: nobody makes a comment here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


comment_chooser_viewset = CommentChooserViewSet("comment_chooser")
