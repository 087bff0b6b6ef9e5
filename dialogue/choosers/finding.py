"""The list in which an editor finds a comment; it never shows one that they may not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView

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


def with_query(address: str, query: QueryDict) -> str:
    """Return the address with what the list was asked for, so that one comes back to it as it was."""
    return f"{address}?{query.urlencode()}" if query else address


@dataclass(frozen=True)
class FoundComment:
    """A comment as the chooser shows it, with what tells it apart and where it is chosen."""

    comment: Comment
    leave: Leave
    is_internal: bool
    url: str


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
            "hides_unusable": self.filter_form.hides_unusable,
        }

    def find(self) -> Iterator[FoundComment]:
        restrictions = load_restrictions()
        for comment in self.results:
            yield FoundComment(
                comment=comment,
                leave=leave_of(comment),
                is_internal=audience_of(comment.page, restrictions) == Audience.INTERNAL,
                url=with_query(reverse("comment_chooser:chosen", args=[comment.public_id]), self.request.GET),
            )


class CommentChooseView(_FindsComments, ChooseView):
    """The whole modal."""


class CommentChooseResultsView(_FindsComments, ChooseResultsView):
    """The list alone."""
