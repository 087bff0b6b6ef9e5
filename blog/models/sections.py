"""The section that holds the articles of one language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from blog.models.articles import BlogPage
from blog.models.authors import Author
from blog.models.fronts import Front, find_front
from blog.querysets import ArticleQuerySet
from dialogue.models import ConversationSection
from portal.models import Topic
from portal.permissions import Audience, Viewer, load_restrictions, visible_pages
from portal.sorting import sort_key_of

ARTICLES_PER_PAGE = 12
POPULAR_TAGS = 20
FIRST_PAGES = {str(number) for number in range(1, 11)}  # of the list: those that are read again and again
YEARS = range(1900, 10_000)  # what a date of both databases can hold


@dataclass(frozen=True)
class ArticleFilters:
    """What a reader asked the list for; an empty string means no wish."""

    topic: str = ""
    tag: str = ""
    author: str = ""
    year: str = ""
    query: str = ""

    @classmethod
    def from_query(cls, parameters: QueryDict) -> "ArticleFilters":
        """Read the wishes from an address. What is not known here is left aside."""
        names = ("topic", "tag", "author", "year", "query")
        # PostgreSQL refuses a NUL in any text; here any value is an answer (R36).
        return cls(**{name: parameters.get(name, "").replace("\0", "").strip()[:200] for name in names})

    def __bool__(self) -> bool:
        return any(self.as_dict().values())

    def as_dict(self) -> dict[str, str]:
        values = vars(self)
        return {name: value for name, value in values.items() if value}

    def encode(self, **changes: str) -> str:
        """Return these wishes as a query string, with `changes` made to them."""
        return urlencode(replace(self, **changes).as_dict() if changes else self.as_dict())

    def narrow(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """Keep the articles that fulfil every wish. One that cannot be fulfilled leaves none."""
        if self.topic:
            articles = articles.about(self.topic)
        if self.tag:
            articles = articles.tagged(self.tag)
        if self.author:
            articles = articles.written_by(self.author)
        if self.year:
            is_year = self.year.isascii() and self.year.isdigit() and int(self.year) in YEARS
            articles = articles.published_in(int(self.year)) if is_year else articles.none()
        if self.query:
            articles = articles.matching(self.query)
        return articles


@dataclass(frozen=True)
class FilterChoice:
    """One link of a filter: what it is called, where it leads, whether it holds now."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class FilterGroup:
    """A filter and its choices. `all_url` lifts it."""

    label: str
    choices: list[FilterChoice]
    all_url: str

    @property
    def is_active(self) -> bool:
        return any(choice.is_current for choice in self.choices)


class BlogIndexPage(ConversationSection):
    """All articles of one language, the newest first, to be narrowed by subject, author, year and words."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*ConversationSection.content_panels, FieldPanel("introduction")]
    settings_panels = [*ConversationSection.settings_panels, *ConversationSection.conversation_section_panels]
    search_fields = [*ConversationSection.search_fields, index.SearchField("introduction")]
    template = "blog/blog_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.BlogPage"]

    class Meta:
        verbose_name = _("articles")
        verbose_name_plural = _("article sections")

    @property
    def opening_words(self) -> str:
        return self.introduction

    def remembered_query(self, request: HttpRequest) -> str | None:
        """The pages of the whole list are remembered; lists that a reader has narrowed are too many."""
        number = request.GET.get("page", "")
        is_plain = not ArticleFilters.from_query(request.GET)
        return number if is_plain and (not number or number in FIRST_PAGES) else None

    def get_articles(self, viewer: Viewer, restrictions: list | None = None) -> ArticleQuerySet:
        """Return the articles of this section that `viewer` may read."""
        return visible_pages(BlogPage.objects.child_of(self), viewer, restrictions)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        filters = ArticleFilters.from_query(request.GET)
        articles = self.get_articles(request.user, load_restrictions())
        page_obj = paginate(filters.narrow(articles).newest_first().with_cards(), request.GET.get("page"))
        front = self.get_front(filters, page_obj)
        if front:  # it lies below its section
            context["breadcrumbs"] = self.get_ancestors(inclusive=True).filter(depth__gt=1).live()
        return {
            **context,
            "filter_groups": self.get_filter_groups(articles, filters),
            "kept_filters": {name: value for name, value in filters.as_dict().items() if name != "query"},
            "is_filtered": bool(filters),
            "query": filters.query,
            "articles": page_obj,
            "page_obj": page_obj,
            "parameters": filters.encode(),
            "front": front,
            "feed_url": self.get_feed_url(filters) if context["audience"] == Audience.PUBLIC else "",
        }

    def get_front(self, filters: ArticleFilters, page_obj: PaginatorPage) -> Front | None:
        """Return what the list is called where it is not the section's own; nothing where it is empty."""
        if not page_obj.object_list:
            return None
        title = self.seo_title or self.title
        return find_front(title, filters.as_dict(), self.locale_id, page_obj.number)

    def get_filter_groups(self, articles: ArticleQuerySet, filters: ArticleFilters) -> list[FilterGroup]:
        """Offer only what leads to articles among `articles`, which are those that this reader may read."""
        # Treebeard sorts pages by their path, of which a subquery would make work.
        pks = articles.order_by().values("pk")
        topics = Topic.objects.filter(articles__in=pks).distinct()
        authors = Author.objects.filter(article_links__page__in=pks).distinct()
        tags = Tag.objects.filter(blog_blogpagetag_items__content_object__in=pks)
        popular = tags.annotate(uses=models.Count("pk")).order_by("-uses", "pk")[:POPULAR_TAGS]
        dated = articles.filter(first_published_at__isnull=False)
        years = [str(moment.year) for moment in dated.datetimes("first_published_at", "year", "DESC")]
        groups = [
            ("topic", gettext("Topic"), list(topics.values_list("slug", "name"))),
            ("author", gettext("Author"), list(authors.values_list("slug", "name"))),
            ("year", gettext("Year"), list(zip(years, years, strict=True))),
            ("tag", gettext("Tag"), sorted(popular.values_list("slug", "name"), key=by_name)),
        ]
        return [
            FilterGroup(label, choices(name, values, filters), "?" + filters.encode(**{name: ""}))
            for name, label, values in groups
            if values
        ]

    def get_feed_url(self, filters: ArticleFilters) -> str:
        """Return the feed that goes with the list: the topic's where one is chosen that there is."""
        topics = Topic.objects.filter(slug=filters.topic, locale_id=self.locale_id)
        if filters.topic and topics.exists():
            return reverse("topic_feed", args=[filters.topic])
        return reverse("articles_feed")


def by_name(pair: tuple[str, str]) -> bytes:
    """Return what sorts pairs of slug and name by the name."""
    return sort_key_of(pair[1])


def choices(name: str, values: Iterable[tuple[str, str]], filters: ArticleFilters) -> list[FilterChoice]:
    """Return a link for each value of the filter `name`, on top of what is asked for already."""
    current = getattr(filters, name)
    return [
        FilterChoice(
            label=label,
            url="?" + filters.encode(**{name: value}),
            is_current=value == current,
        )
        for value, label in values
    ]


def paginate(articles: ArticleQuerySet, number: str | None) -> PaginatorPage:
    """Return the page of the list that was asked for, or the nearest that there is."""
    return Paginator(articles, ARTICLES_PER_PAGE).get_page(number)
