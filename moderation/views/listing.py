"""The list of comments: what waits first, oldest first."""

from collections.abc import Collection

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from dialogue.models import Comment, CommentStatus, FeaturedComment
from dialogue.querysets import CommentQuerySet
from moderation.forms import BulkDecisionForm, write_seen
from moderation.models import Appeal, Verb
from moderation.views.access import ModeratorRequired
from moderation.views.cards import cards_for
from moderation.views.filters import ALL, CHANGED, CommentFilterSet
from moderation.views.queue import in_order_of_work
from moderation.views.tabs import tabs_for
from moderation.views.waiting import APPEALED, FLAGGED, waiting_for
from portal.languages import foreign

SEARCH_MAX_LENGTH = 200  # longer ones are refused by SQLite, and no person types them
QUEUES = frozenset({CommentStatus.HELD, CHANGED, FLAGGED, APPEALED})
BULK_VERBS: dict[str, tuple[Verb, ...]] = {
    CommentStatus.HELD: (Verb.PUBLISH, Verb.REJECT),
    CommentStatus.REJECTED: (Verb.PUBLISH,),
}


KEYS = [
    {"name": "next", "label": _("The next comment"), "key": "j"},
    {"name": "previous", "label": _("The one before"), "key": "k"},
    {"name": "approve", "label": _("Publish, accept or keep"), "key": "f"},
    {"name": "refuse", "label": _("Reject, refuse or hide: opens the reasons"), "key": "d"},
    {"name": "undo", "label": _("Take the last decision back"), "key": "u"},
    {"name": "tick", "label": _("Tick"), "key": "x"},
    {"name": "claim", "label": _("Take on, or release"), "key": "c"},
    {"name": "open", "label": _("Look closer"), "key": "o"},
    {"name": "note", "label": _("Write a note"), "key": "n"},
    {"name": "measure", "label": _("Measures on the person"), "key": "m"},
    {"name": "zen", "label": _("One at a time"), "key": "z"},
    {"name": "search", "label": _("Search"), "key": "s"},
]


class SelectColumn(BaseColumn):
    """A tick for each row; its value says which comment, and in what state it was seen."""

    header_template_name = "moderation/tables/select_header.html"
    cell_template_name = "moderation/tables/select_cell.html"

    def __init__(self, name: str, ticked: Collection[str]) -> None:
        super().__init__(name)
        self.ticked = ticked

    def get_cell_context_data(self, instance: Comment, parent_context: dict) -> dict[str, object]:
        value = write_seen(instance)
        is_ticked = value in self.ticked
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "value": value, "is_ticked": is_ticked}


class ExcerptColumn(TitleColumn):
    """The first words, in their language."""

    def get_link_attrs(self, instance: Comment, parent_context: dict) -> dict[str, str]:
        attributes = super().get_link_attrs(instance, parent_context)
        language = foreign(instance.words_language)
        return {**attributes, "lang": language} if language else attributes


class AuthorColumn(Column):
    """The name, and on whose side it spoke."""

    cell_template_name = "moderation/tables/author_cell.html"


class PageColumn(Column):
    """The page, which narrows the list to itself."""

    cell_template_name = "moderation/tables/page_cell.html"


class CommentListView(ModeratorRequired, BaseListingView):
    """Comments on the pages that the moderator may read, by status."""

    model = Comment
    template_name = "moderation/comment_list.html"
    results_template_name = "moderation/comment_list_results.html"
    page_title = _("Comments")
    header_icon = "comment"
    index_url_name = "moderation_comments:list_comments"
    index_results_url_name = "moderation_comments:list_comments_results"
    paginate_by = 25
    filterset_class = CommentFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["text", "author_name", "page__title"]
    verbose_name_plural = _("comments")

    # As sent, where an act on many was refused and the list is shown again.
    ticked: Collection[str] = ()
    bulk_form: BulkDecisionForm | None = None

    @cached_property
    def status(self) -> str:
        """The status asked for: what waits, where nothing sensible was."""
        asked = self.request.GET.get("status", CommentStatus.HELD)
        return (
            asked if asked in {*CommentStatus.values, CHANGED, FLAGGED, APPEALED, ALL} else CommentStatus.HELD
        )

    @cached_property
    def search_query(self) -> str:
        return super().search_query[:SEARCH_MAX_LENGTH]

    @cached_property
    def bulk_verbs(self) -> tuple[Verb, ...]:
        return BULK_VERBS.get(self.status, ())

    @property
    def is_queue(self) -> bool:
        """Whether what is shown waits for a decision: as cards, in the order of work."""
        return self.status in QUEUES

    @cached_property
    def default_ordering(self) -> str:
        # What has been decided on is looked up from the end.
        return "submitted_at" if self.status == CommentStatus.UNVERIFIED else "-submitted_at"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns: list[BaseColumn] = [
            ExcerptColumn(
                "excerpt",
                label=_("Comment"),
                url_name="moderation_comments:review_comment",
                id_accessor="public_id",
                get_title_id=lambda comment: f"comment-{comment.public_id}",
                classname="moderation-excerpt",
            ),
            AuthorColumn("author_name", label=_("Author"), sort_key="author_name"),
            PageColumn("page", label=_("Page")),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor=lambda comment: capfirst(comment.get_status_display()),
                primary=lambda comment: comment.is_published,
            ),
            DateColumn("submitted_at", label=pgettext_lazy("comment", "Submitted"), sort_key="submitted_at"),
        ]
        return [SelectColumn("select", self.ticked), *columns] if self.bulk_verbs else columns

    def get_base_queryset(self) -> CommentQuerySet:
        is_quoted = Exists(FeaturedComment.objects.before_readers().filter(comment=OuterRef("pk")))
        comments = self.get_comments().annotate(stands_in_page=is_quoted)
        return (
            comments.select_related("page__locale", "parent")
            if self.is_queue
            else comments.select_related("page")
        )

    def order_queryset(self, queryset: CommentQuerySet) -> CommentQuerySet:
        if self.is_queue:
            queryset = in_order_of_work(queryset)
            if not self.request.GET.get("ordering"):
                return queryset
        return queryset.order_by(self.ordering, "-pk" if self.ordering.startswith("-") else "pk")

    def get_filterset_kwargs(self) -> dict[str, object]:
        data: QueryDict = self.request.GET.copy()
        data["status"] = self.status
        return {**super().get_filterset_kwargs(), "data": data}

    @property
    def no_results_message(self) -> str | Promise:
        if self.status == FLAGGED and not (self.is_searching or self.is_filtering):
            return _("No flag waits for an answer.")
        if self.status == APPEALED and not (self.is_searching or self.is_filtering):
            return _("No appeal waits for an answer.")
        if self.status == CommentStatus.HELD and not (self.is_searching or self.is_filtering):
            return _("No comment waits for a decision.")
        return _("There is no such comment.")

    def get_appeals(self) -> dict[str, int]:
        """How many appeals were answered where the moderator decides, and how many overturned."""
        if self.status != APPEALED:
            return {}
        answered, overturned = Appeal.objects.filter(comment__in=self.get_comments().values("pk")).counted()
        if not answered:
            return {}
        share = round(100 * overturned / answered)
        return {"answered": answered, "overturned": overturned, "share": share}

    def _url_with(self, **changes: str) -> str:
        query = self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return f"{self.index_url}?{query.urlencode()}" if query else self.index_url

    def get_paginator(self, queryset: CommentQuerySet, per_page: int, **kwargs: object) -> Paginator:
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        # Counted with what waits, in one statement, where that was not asked for before.
        if (number := waiting_for(self.request, shown=queryset).shown) is not None:
            paginator.count = number
        return paginator

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        waiting_for(self.request, shown=self.object_list)
        context = super().get_context_data(
            tabs=tabs_for(self.request, self.status, lambda status: self._url_with(status=status)),
            bulk_verbs=self.bulk_verbs,
            bulk_form=self.bulk_form or BulkDecisionForm(),
            bulk_url=reverse("moderation_comments:decide_on_comments"),
            here=self._url_with(),
            attend_url=f"{reverse('moderation_comments:attend')}?{self._url_with().partition('?')[2]}",
            made_at=timezone.now().isoformat(),
            is_queue=self.is_queue,
            ticked=self.ticked,
            keys=KEYS,
            **self.get_pending(),
            **kwargs,
        )
        # What stands on this page of the list; `self.object_list` is all of it.
        shown = list(context["object_list"])
        return {
            **context,
            "cards": cards_for(shown, self.get_comments(), self.moderator) if self.is_queue else [],
            "appeals": self.get_appeals(),
            "has_quoted": any(comment.stands_in_page for comment in shown),
            "others_match": bool(self.bulk_verbs) and context["page_obj"].has_other_pages(),
        }
