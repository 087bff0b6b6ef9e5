"""The lists of pages with a conversation, as the admin's explorer shows those of one section."""

from collections.abc import Callable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, NumberColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from dialogue.models import Comment, CommentStatus, Conversation, DialoguePage
from dialogue.permissions import may_know_what_waits, sections_of_what_waits

WAITING = "waiting_count"
ASIDE = "page-list-aside"  # what a narrow screen leaves out
PUBLISHED = pgettext_lazy("page", "Published")


def _number_or_nothing(page: DialoguePage) -> int | str:
    """A column of noughts hides the one number that is meant to be seen."""
    return getattr(page, WAITING) or ""


def page_columns(*own: BaseColumn) -> list[BaseColumn]:
    """Return the columns of a section: Wagtail's, with `own` behind the title and then the conversation.

    All pages of a section are of one type, and none has pages below it.
    """
    known = {column.name: column for column in ExplorableIndexView.base_columns}
    return [
        known["bulk_actions"],
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title page-list-title"),
        *own,
        DateColumn("first_published_at", label=PUBLISHED, sort_key="first_published_at", classname=ASIDE),
        NumberColumn("comment_count", label=_("Comments"), classname=ASIDE),
        NumberColumn(WAITING, label=pgettext_lazy("comments", "Waiting"), accessor=_number_or_nothing),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            classname=ASIDE,
        ),
        known["status"],
    ]


class ConversationsExplorerView(ExplorableIndexView):
    """Pages with a conversation: how many comments each has, and how many wait there."""

    base_columns = page_columns()

    @cached_property
    def explorable_columns(self) -> list[BaseColumn]:
        hidden = set() if may_know_what_waits(self.request.user) else {WAITING}
        return [column for column in self.columns if column.name not in hidden]

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        of_page = OuterRef("pk")
        counts = Conversation.objects.filter(page=of_page).values("comment_count")
        sections = sections_of_what_waits(self.request.user)
        held = Comment.objects.filter(sections.below("page__path"), page=of_page, status=CommentStatus.HELD)
        held = held.order_by().values("page")
        return (
            super()
            .annotate_queryset(pages)
            .annotate(
                comment_count=Coalesce(Subquery(counts), 0),
                **{WAITING: Coalesce(Subquery(held.annotate(number=Count("pk")).values("number")), 0)},
            )
        )


class DialoguesExplorerView(ConversationsExplorerView):
    """The dialogues of a section, each with its state."""

    base_columns = page_columns(
        Column("state_sentence", label=pgettext_lazy("of a dialogue", "State")),
        Column("host_name", label=_("Host"), classname=ASIDE),
    )


class ConversationPageViewSet(PageViewSet):
    """Lists pages in their section as above; the list of all pages of a type stays Wagtail's."""

    # Wagtail 8.0 hands the columns of the one to the other as well, which counts no comments.
    @cached_property
    def content_type_use_view(self) -> Callable:
        return self._list_of_type()

    @cached_property
    def content_type_use_results_view(self) -> Callable:
        return self._list_of_type(results_only=True)

    def _list_of_type(self, **kwargs: object) -> Callable:
        view = self.content_type_use_view_class
        return self.construct_view(
            view, **{**self.get_index_view_kwargs(), "columns": view.base_columns}, **kwargs
        )


class DialogueViewSet(ConversationPageViewSet):
    model = DialoguePage
    index_view_class = DialoguesExplorerView
    icon = "comment"


dialogue_viewset = DialogueViewSet()
