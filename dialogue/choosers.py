"""The chooser with which an editor finds a comment; it never shows one that they may not read."""

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from dialogue.blocks import describe_choice
from dialogue.models.comments import Comment
from dialogue.querysets import CommentQuerySet
from portal.permissions import Viewer


def choosable(viewer: Viewer) -> CommentQuerySet:
    """Return the comments that `viewer` may feature: none without the right."""
    if not viewer.has_perm("dialogue.feature_comment"):
        return Comment.objects.none()
    return Comment.objects.visible_to(viewer).select_related("page").order_by("-submitted_at")


class CommentFilterForm(BaseFilterForm):
    """Finds comments by words, person and page, and by whether their author agreed to be quoted."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Words, a name or a page")}),
    )
    agreed = forms.BooleanField(label=_("Only those who agreed to be quoted"), required=False)

    def filter(self, objects: CommentQuerySet) -> CommentQuerySet:
        objects = super().filter(objects)
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching, self.search_query = True, words
            objects = objects.mentioning(words)
        if self.cleaned_data.get("agreed"):
            objects = objects.filter(quote_consented_at__isnull=False)
        return objects


class _CommentListMixin:
    """The list of comments, with what tells them apart."""

    filter_form_class = CommentFilterForm
    request: Any

    def get_object_list(self) -> CommentQuerySet:
        return choosable(self.request.user)

    @property
    def title_column(self) -> TitleColumn:
        return TitleColumn(
            "comment",
            label=_("Comment"),
            accessor=describe_choice,
            get_url=lambda comment: self.append_preserved_url_parameters(  # type: ignore[attr-defined]
                reverse(self.chosen_url_name, args=[comment.public_id])  # type: ignore[attr-defined]
            ),
            link_attrs={"data-chooser-modal-choice": True},
        )

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("page", label=_("Page"), accessor="page.title"),
            Column("side", label=_("Side"), accessor="side_label"),
            DateColumn("submitted_at", label=_("Date")),
        ]


class CommentChooseView(_CommentListMixin, ChooseView):
    """The whole modal."""


class CommentChooseResultsView(_CommentListMixin, ChooseResultsView):
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


comment_chooser_viewset = CommentChooserViewSet("comment_chooser")
