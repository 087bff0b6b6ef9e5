"""How somebody reads a conversation: in which order, which threads, and from where on.

All of it stands in the address, so that every page of every reading has one. What an address asks for and
nobody offers is passed over: a reader is never refused for a word in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models.identifiers import PUBLIC_ID_LENGTH
from dialogue.models.settings import ConversationOrder
from dialogue.querysets import CommentQuerySet

_START = re.compile(rf"[A-Za-z0-9]{{1,{PUBLIC_ID_LENGTH}}}")
LAST = "last"  # in the place of a thread: the page that ends the conversation


class Show(models.TextChoices):
    """Which threads are read."""

    ALL = "all", pgettext_lazy("threads", "All")
    ANSWERED = "answered", pgettext_lazy("threads", "Answered")
    UNANSWERED = "unanswered", pgettext_lazy("threads", "Not answered yet")
    ORGANISATION = "organisation", pgettext_lazy("threads", "With the organisation’s voice")
    FEATURED = "featured", pgettext_lazy("threads", "Featured")


NOTHING_TO_SHOW = {
    Show.ALL: _("Nobody has spoken yet."),
    Show.ANSWERED: _("The organisation has not answered any comment yet."),
    Show.UNANSWERED: _("No comment waits for an answer."),
    Show.ORGANISATION: _("The organisation has not spoken here yet."),
    Show.FEATURED: _("No comment of this conversation is featured."),
}
# Each condition is that of an index (`dialogue.models.threads.WAYS_OF_READING`).
CONDITIONS = {
    Show.ALL: Q(thread_at__isnull=False),
    Show.ANSWERED: Q(answered_at__isnull=False),
    Show.UNANSWERED: Q(thread_at__isnull=False, organisation_at__isnull=True),
    Show.ORGANISATION: Q(organisation_at__isnull=False),
    Show.FEATURED: Q(thread_at__isnull=False),  # and their keys: who sees a quotation depends on who reads
}


def as_start(text: str) -> str:
    """Return what an address names as the beginning of a page; empty where no comment can be called so."""
    return text if _START.fullmatch(text) else ""


@dataclass(frozen=True)
class Reading:
    """One way of reading, from the thread on whose root is `start`: its `public_id`, `LAST`, or empty."""

    order: str = ConversationOrder.OLDEST
    show: str = Show.ALL
    start: str = ""
    default_order: str = ConversationOrder.OLDEST

    @classmethod
    def from_query(cls, query: Mapping[str, str], default_order: str) -> "Reading":
        """Return what an address asks for."""
        order, show = query.get("order", ""), query.get("show", "")
        return cls(
            order=order if order in ConversationOrder.values else default_order,
            show=show if show in Show.values else Show.ALL,
            start=as_start(query.get("from", "")),
            default_order=default_order,
        )

    @property
    def is_newest_first(self) -> bool:
        return self.order == ConversationOrder.NEWEST

    @property
    def nothing_sentence(self) -> str:
        """What is said where there is no thread to show."""
        return str(NOTHING_TO_SHOW[Show(self.show)])

    def address(self, url: str, anchor: str = "conversation", **changes: str) -> str:
        """Return the address of this reading, changed so, of the page at `url`; what is usual is left out."""
        other = replace(self, **{"start": "", **changes})
        asked = {
            "order": "" if other.order == self.default_order else other.order,
            "show": "" if other.show == Show.ALL else other.show,
            "from": other.start,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{url}?{query}#{anchor}" if query else f"{url}#{anchor}"

    def selected(self, threads: CommentQuerySet) -> CommentQuerySet:
        """Return those of `threads` that are read."""
        return threads.filter(CONDITIONS[Show(self.show)])

    def ordered(self, threads: CommentQuerySet) -> CommentQuerySet:
        return threads.order_by("-thread_at", "-pk") if self.is_newest_first else self._by_age(threads)

    def backwards(self, threads: CommentQuerySet) -> CommentQuerySet:
        return self._by_age(threads) if self.is_newest_first else threads.order_by("-thread_at", "-pk")

    def from_on(self, threads: CommentQuerySet, at: Any, pk: Any) -> CommentQuerySet:
        """Return the threads from the one with this key on."""
        # PostgreSQL enters the index by the bound; of an OR it would read all threads from the first.
        if self.is_newest_first:
            return threads.filter(thread_at__lte=at).exclude(thread_at=at, pk__gt=pk)
        return threads.filter(thread_at__gte=at).exclude(thread_at=at, pk__lt=pk)

    def before(self, threads: CommentQuerySet, at: Any, pk: Any) -> CommentQuerySet:
        """Return the threads before the one with this key."""
        if self.is_newest_first:
            return threads.filter(thread_at__gte=at).exclude(thread_at=at, pk__lte=pk)
        return threads.filter(thread_at__lte=at).exclude(thread_at=at, pk__gte=pk)

    @staticmethod
    def _by_age(threads: CommentQuerySet) -> CommentQuerySet:
        return threads.order_by("thread_at", "pk")
