"""The search page (articles, dialogues, plain pages, and what people said in them) and the sitemap."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.backends import get_search_backend

from blog.models import BlogPage
from blog.querysets import QUERY_MAX_LENGTH, search_words
from dialogue.models import Comment, DialoguePage
from home.models import StandardPage
from home.sitemaps import PageSitemap
from portal.audiences import name_readers
from portal.characters import on_one_line
from portal.formats import write_number
from portal.languages import name_language
from portal.permissions import Viewer, load_restrictions, visible_pages
from portal.search import terms_in

RESULTS_PER_PAGE = 12
EXCERPT_LENGTH = 220
EXCERPT_BEFORE = 80  # characters of the excerpt that come before the first word found
KINDS: dict[type[Page], Any] = {BlogPage: _("Article"), DialoguePage: _("Dialogue"), StandardPage: _("Page")}


@dataclass(frozen=True)
class Result:
    """One thing found, as the list shows it: title and excerpt escaped, with the words found marked."""

    kind: str
    title: SafeString
    url: str
    excerpt: SafeString
    date: datetime | None
    readers: str  # in words, of what is internal
    language: str = ""  # of a comment's words


class Found:
    """Pages, then comments, as one sequence that fetches only what is looked at."""

    def __init__(self, pages: Any, comments: Any) -> None:
        self.pages, self.comments = pages, comments
        self.page_count, self.comment_count = pages.count(), comments.count()

    def __len__(self) -> int:
        return self.page_count + self.comment_count

    def __getitem__(self, wanted: slice) -> list[Page | Comment]:
        start, stop = wanted.start or 0, len(self) if wanted.stop is None else wanted.stop
        items: list[Page | Comment] = []
        if start < self.page_count:
            items += self.pages[start : min(stop, self.page_count)]
        if stop > self.page_count:
            items += self.comments[max(0, start - self.page_count) : stop - self.page_count]
        return items


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, of what this reader may read, in the language of the address."""
    query = clean_query(request.GET.get("query", ""))
    context: dict[str, object] = {"query": query}
    if query:
        words = search_words(query)
        found: Found | list[Page | Comment] = find(words, request.user) if words else []
        paginator = Paginator(found, RESULTS_PER_PAGE)  # type: ignore[arg-type]  # it counts and slices, no more
        page_obj = paginator.get_page(request.GET.get("page"))
        results = [present(item, words, request) for item in page_obj.object_list]
        context |= {"page_obj": page_obj, "results": results, "parameters": urlencode({"query": query})}
        if words and not results:
            context["elsewhere"] = find_elsewhere(query, words, request.user)
    return render(request, "home/search.html", context)


def show_sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages that anybody may read."""
    return sitemap(request, {"pages": PageSitemap})


def clean_query(text: str) -> str:
    """Return what the reader typed without what neither a database nor a page can hold, and not too long."""
    # Control signs, NUL among them, and lone halves of a pair of UTF-16.
    printable = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cs"})
    return printable.strip()[:QUERY_MAX_LENGTH]


def find(words: list[str], viewer: Viewer) -> Found:
    """Return the pages, then the comments, in which every one of `words` stands and that `viewer` may read.

    What the viewer may not read is left out by the query itself, so that no count and no page of the list
    tells of it.
    """
    readable = visible_pages(Page.objects.filter(locale=Locale.get_active()), viewer, load_restrictions())
    comments = Comment.objects.published().filter(page_id__in=readable.order_by().values("pk"))
    query, engine = " ".join(words), get_search_backend()
    pages = readable.type(*KINDS).order_by("-first_published_at", "-id").specific()
    # Comments come the newest first: weighing each of thousands against the others takes SQLite seconds.
    newest = comments.select_related("page").order_by("-submitted_at", "-id")
    return Found(
        # SQLite weighs a page against every row of its index: hidden ones would move what is found.
        engine.search(query, pages, operator="and", order_by_relevance=connection.vendor == "postgresql"),
        engine.search(query, newest, operator="and", order_by_relevance=False),
    )


def find_elsewhere(query: str, words: list[str], viewer: Viewer) -> dict[str, str]:
    """Return how much is found in the other language, and where it is listed; nothing if nothing is."""
    for code in (code for code, _name in settings.LANGUAGES if code != get_language()):
        with override(code):
            count, url = len(find(words, viewer)), reverse("search")
        if count:
            label = ngettext("%(count)s result in %(language)s", "%(count)s results in %(language)s", count)
            said = {"count": write_number(count), "language": name_language(code)}
            return {"label": label % said, "url": f"{url}?{urlencode({'query': query})}"}
    return {}


def present(item: Page | Comment, words: list[str], request: HttpRequest) -> Result:
    """Return what was found as the list shows it."""
    if isinstance(item, Comment):
        title = gettext("%(name)s on “%(title)s”") % {"name": item.author_name, "title": item.page.title}
        return Result(
            gettext("Comment"),
            mark(title, words),
            item.permalink,
            quote(item.words.plain, words),
            item.submitted_at,
            name_readers(item.page),
            item.words_language,
        )
    return Result(
        str(KINDS[type(item)]),
        mark(item.title, words),
        item.get_url(request),
        quote(" ".join(texts_of(item)), words),
        item.first_published_at,
        name_readers(item),
    )


def texts_of(page: Page) -> Iterator[str]:
    """Yield what a page says, as far as it can be told without asking the database for more."""
    yield get_text_for_indexing(getattr(page, "introduction", "") or getattr(page, "question", ""))
    for block in page.body.raw_data:
        if block["type"] == "paragraph":
            yield get_text_for_indexing(block["value"])
        elif block["type"] == "heading":
            yield block["value"]["text"]


def quote(text: str, words: list[str]) -> SafeString:
    """Return the part of `text` in which the first of `words` stands, escaped, with every one marked."""
    text = on_one_line(text)
    first = next(find_words(text, words), None)
    start = max(0, first.start() - EXCERPT_BEFORE) if first else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    part = text[start : start + EXCERPT_LENGTH]
    if start + EXCERPT_LENGTH < len(text):
        part = part.rsplit(" ", 1)[0] + " …"
    return mark(f"… {part}" if start else part, words)


def mark(text: str, words: list[str]) -> SafeString:
    """Return `text` escaped, with the words that were looked for in `<mark>`."""
    parts: list[SafeString] = []
    end = 0
    for match in find_words(text, words):
        before, found = text[end : match.start()], text[match.start() : match.end()]
        parts.append(format_html("{}<mark>{}</mark>", before, found))
        end = match.end()
    parts.append(format_html("{}", text[end:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def find_words(text: str, words: list[str]) -> Iterator[re.Match[str]]:
    """Yield where a word stands that is found by one of `words`."""
    sought = {term for word in words for term in terms_in(word)}
    for match in re.finditer(r"\w+", text):
        if not sought.isdisjoint(terms_in(match[0])):
            yield match
