"""The list of articles, as the admin's explorer shows those of one section."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from blog.models import BlogPage
from dialogue.viewsets import ASIDE, ConversationPageViewSet, ConversationsExplorerView, page_columns


class ArticlesExplorerView(ConversationsExplorerView):
    """The articles of a section, each with its byline and topics."""

    base_columns = page_columns(
        Column(
            "authors",
            label=_("Author"),
            accessor=lambda page: ", ".join(page.author_names),
            classname=ASIDE,
        ),
        Column(
            "topics", label=_("Topic"), accessor=lambda page: ", ".join(page.topic_names), classname=ASIDE
        ),
    )

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        return super().annotate_queryset(pages).prefetch_related("topics", "author_links__author")


class ArticleViewSet(ConversationPageViewSet):
    model = BlogPage
    index_view_class = ArticlesExplorerView
    icon = "doc-full"


article_viewset = ArticleViewSet()
