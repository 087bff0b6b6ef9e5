"""Signs of life: how much was said under a page, and in which other language the same is talked about.

All figures of lists are those of the conversations, kept as comments come and go (`dialogue.actions.counts`):
nobody counts comments for them. Lists ask for all of their pages at once. How many spoke is counted where a
closed dialogue says what came of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.conversations import Conversation
from portal.languages import name_language
from portal.permissions import Viewer, can_read_page


@dataclass(frozen=True)
class Twin:
    """The same page in another language, under which somebody has spoken."""

    code: str
    language: str  # what the reader calls it, as it stands within a sentence
    count: int
    url: str


def conversations_of(page: Page) -> tuple[Conversation, list[Page]]:
    """Return the figures of a page, and its translations that are live with theirs: one query."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True)
    rows = {row.pk: row for row in pages.select_related("conversation", "locale")}
    own = figures_of(rows.pop(page.pk, None)) or Conversation(page_id=page.pk)
    return own, list(rows.values())


def count_speakers(page_id: int) -> int:
    """Return how many people spoke in their own name, of those whose words still stand: one query."""
    spoken = Comment.objects.filter(page_id=page_id).published().in_own_name()
    return spoken.order_by().values("participant").distinct().count()


def find_twins(pages: Iterable[Page], viewer: Viewer, request: HttpRequest | None) -> list[Twin]:
    """Return those of the translations under which there is something to read for `viewer`."""
    twins = []
    for page in pages:
        count, code = getattr(figures_of(page), "comment_count", 0), page.locale.language_code
        if count and can_read_page(viewer, page):
            url = f"{page.get_url(request) or ''}#conversation"
            twins.append(Twin(code, name_language(code), count, url))
    return twins


def figures_of(page: Page | None) -> Conversation | None:
    """Return the figures that were read with `page`; None where nobody ever spoke."""
    return getattr(page, "conversation", None)


def count_in_list(request: HttpRequest, page_id: int, page_ids: tuple[int, ...]) -> Conversation | None:
    """Return the figures of one page of a list; those of all of them are read with the first."""
    known: dict[int, Conversation | None] = request.__dict__.setdefault("conversations_counted", {})
    if page_id not in known:
        known |= dict.fromkeys(page_ids)
        known |= {row.page_id: row for row in Conversation.objects.filter(page_id__in=page_ids)}
    return known.get(page_id)
