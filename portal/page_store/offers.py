"""What may be kept: only answers that a view has offered, and that hold nothing of whoever asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase

# Scopes: what an answer depends on. Whoever changes something names the scopes that it touches.
EVERYTHING = "all"  # touches every answer
CONVERSATIONS = (
    "conversations"  # touches what shows something of many conversations: lists, the front page, feeds
)


@dataclass(frozen=True)
class Offer:
    """An answer that may be kept, and the scopes on which it depends besides `EVERYTHING`."""

    scopes: frozenset[str]


def scope_of_page(page_id: int) -> str:
    """Return the scope of what shows the conversation of a page, or a quotation in it."""
    return f"page-{page_id}"


def offer_to_store(
    response: HttpResponseBase, page_ids: Iterable[int] = (), *, shows_conversations: bool = False
) -> HttpResponseBase:
    """Say that `response` is the same for every reader without a session, and what comments show in it.

    A view offers what it has made for such a reader as much as for any other: the store looks who asked.
    """
    scopes = {scope_of_page(page_id) for page_id in page_ids}
    if shows_conversations:
        scopes.add(CONVERSATIONS)
    response.page_store_offer = Offer(frozenset(scopes))
    return response


def offer_in(request: HttpRequest, response: HttpResponseBase) -> Offer | None:
    """Return the offer of the view, unless the answer holds something of one person or is not for keeping."""
    offer = getattr(response, "page_store_offer", None)
    if offer is None or not isinstance(response, HttpResponse) or response.status_code != 200:
        return None
    cache_control = response.get("Cache-Control", "")
    if response.cookies or "private" in cache_control or "no-store" in cache_control:
        return None
    # A form in it holds a token. That the browser *has* one (`CSRF_COOKIE`) says nothing about the answer.
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return None
    return offer
