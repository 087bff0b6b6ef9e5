"""Atom feeds: articles of a language, articles about a topic, comments of an article or dialogue.

A feed is the same for everybody, so it holds what a stranger may read, whoever asks for it. Its name and
those of its entries are made of keys that nobody edits: feed readers know them again after a new slug or a
new host. An article has one name, in whichever feed it stands.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page, Site

from blog.models import BlogPage
from dialogue.models import Comment, ConversationPage
from dialogue.passages import context_of, quote_passages
from portal.languages import foreign
from portal.markup import portable
from portal.models import PortalSettings, Topic
from portal.page_store import offer_to_store
from portal.permissions import visible_pages
from portal.sites import whole_address

ENTRIES = 30
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # the date of a feed in which nothing has happened yet
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAX_AGE = 60  # seconds: words that are withdrawn leave the readers' copies soon


class SteadyAtomFeed(Atom1Feed):
    """An Atom feed that does not change while nothing happens, empty or not; entries name all authors."""

    def latest_post_date(self) -> datetime:
        dates = [entry["updateddate"] or entry["pubdate"] for entry in self.items]
        return max(filter(None, dates), default=BEGINNING)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        # Django 6.1 writes a summary without its language.
        super().add_item_elements(handler, {**item, "description": None})
        language = {"xml:lang": item["words_language"]} if item["words_language"] else {}
        handler.addQuickElement("summary", item["description"], {"type": "html", **language})
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


@dataclass
class Source:
    """What a feed is about: its title, the page it accompanies, who publishes it, and its entries."""

    name: str
    publisher: str
    title: str
    link: str
    feed_url: str
    entries: list["Entry"] = field(default_factory=list)


@dataclass
class Entry:
    """One article or comment, ready for the feed."""

    name: str
    title: str
    link: str
    html: str
    authors: list[str]
    published_at: datetime | None
    updated_at: datetime | None
    categories: list[str] = field(default_factory=list)
    words_language: str = ""  # where it is not that of the feed


class PortalFeed(Feed):
    """A feed in the language of its address."""

    feed_type = SteadyAtomFeed

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = f"public, max-age={MAX_AGE}, no-transform"
        return offer_to_store(response, shows_conversations=True)

    def feed_guid(self, source: Source) -> str:
        return source.name

    def author_name(self, source: Source) -> str:
        """Whoever publishes the feed is the author of what nobody has signed."""
        return clean(source.publisher)

    def title(self, source: Source) -> str:
        return clean(source.title)

    def link(self, source: Source) -> str:
        return whole_address(source.link)

    def feed_url(self, source: Source) -> str:
        return whole_address(source.feed_url)

    def items(self, source: Source) -> list[Entry]:
        return source.entries

    def item_guid(self, entry: Entry) -> str:
        return entry.name

    def item_title(self, entry: Entry) -> str:
        return clean(entry.title)

    def item_description(self, entry: Entry) -> str:
        return clean(portable(entry.html, whole_address(entry.link)))

    def item_link(self, entry: Entry) -> str:
        return whole_address(entry.link)

    def item_extra_kwargs(self, entry: Entry) -> dict[str, Any]:
        authors = [name for author in entry.authors if (name := clean(author).strip())]
        return {"authors": authors, "words_language": entry.words_language}

    def item_pubdate(self, entry: Entry) -> datetime | None:
        return entry.published_at

    def item_updateddate(self, entry: Entry) -> datetime:
        return entry.updated_at or entry.published_at or BEGINNING

    def item_categories(self, entry: Entry) -> list[str]:
        return [clean(category) for category in entry.categories]


class ArticlesFeed(PortalFeed):
    """The latest articles of a language."""

    def get_object(self, request: HttpRequest) -> Source:
        publisher = PortalSettings.for_request(request).name
        return Source(
            name=lasting_name(Site.find_for_request(request).root_page.translation_key, "articles"),
            publisher=publisher,
            title=gettext("%(site)s: articles") % {"site": publisher},
            link=reverse("wagtail_serve", args=[""]),
            feed_url=reverse("articles_feed"),
            entries=article_entries(BlogPage.objects.all()),
        )


class TopicFeed(PortalFeed):
    """The latest articles about a topic."""

    def get_object(self, request: HttpRequest, slug: str) -> Source:
        topic = get_object_or_404(Topic, slug=slug, locale__language_code=get_language())
        publisher = PortalSettings.for_request(request).name
        return Source(
            name=lasting_name(topic.translation_key, "topic"),
            publisher=publisher,
            title=gettext("%(site)s: %(topic)s") % {"site": publisher, "topic": topic.name},
            link=reverse("wagtail_serve", args=[""]),
            feed_url=reverse("topic_feed", args=[topic.slug]),
            entries=article_entries(BlogPage.objects.filter(topics=topic)),
        )


class CommentsFeed(PortalFeed):
    """The latest comments of one page; one that strangers may not read is as good as missing."""

    def get_object(self, request: HttpRequest, page_id: int) -> Source:
        pages = Page.objects.filter(locale__language_code=get_language())
        page = get_object_or_404(visible_pages(pages, AnonymousUser()), pk=page_id)
        if not issubclass(page.specific_class or Page, ConversationPage):
            # Django's feed answers it by 404, as for a page that is missing.
            raise Page.DoesNotExist
        comments = (
            Comment.objects.filter(page=page).visible_to(AnonymousUser()).order_by("-submitted_at", "-pk")
        )
        newest = list(comments[:ENTRIES])
        quoted = quote_passages(newest)
        return Source(
            name=lasting_name(page.translation_key, "comments"),
            publisher=PortalSettings.for_request(request).name,
            title=gettext("Comments on “%(title)s”") % {"title": page.title},
            link=page.full_url,
            feed_url=reverse("comments_feed", args=[page.pk]),
            entries=[
                Entry(
                    name=lasting_name(page.translation_key, f"comment {comment.public_id}"),
                    title=gettext("%(name)s replies") % {"name": comment.author_name}
                    if comment.depth
                    else gettext("%(name)s writes") % {"name": comment.author_name},
                    link=comment.permalink,
                    html=context_of("", quoted.get(comment.pk)) + words_of(comment),
                    words_language=foreign(comment.words_language),
                    authors=[comment.author_name],
                    published_at=comment.submitted_at,
                    updated_at=comment.edited_at or comment.published_at,
                )
                for comment in newest
            ],
        )


def words_of(comment: Comment) -> SafeString:
    """Return the words for a feed: what stands above them is in the language of the feed."""
    language = foreign(comment.words_language)
    return format_html('<div lang="{}">{}</div>', language, comment.body) if language else comment.body


def article_entries(articles: object) -> list[Entry]:
    """Return the newest of `articles` that a stranger may read in the language of the request."""
    of_language = articles.filter(locale__language_code=get_language())
    newest = visible_pages(of_language, AnonymousUser()).newest_first().with_cards()
    return [
        Entry(
            name=lasting_name(article.translation_key, "article"),
            title=article.title,
            link=article.full_url,
            html=article.introduction_html,
            authors=article.author_names,
            published_at=article.first_published_at,
            updated_at=article.last_published_at,
            categories=article.topic_names,
        )
        for article in newest[:ENTRIES]
    ]


def lasting_name(key: UUID, kind: str) -> str:
    """Return the name, for ever and everywhere, of what is made of a thing with this key in this language."""
    return uuid5(key, f"{kind} {get_language()}").urn


def clean(text: str) -> str:
    """Leave out what XML cannot hold, so that one odd character does not take the feed down."""
    return NOT_XML.sub("", text)
