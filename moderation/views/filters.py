"""What the list of comments can be narrowed by."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Page

from dialogue.models import Comment, CommentStatus
from dialogue.querysets import CommentQuerySet
from moderation.models import Appeal, Flag, current_claims, without_pending
from moderation.permissions import ModerationPermissionTester
from moderation.section_forms import conversation_sections
from moderation.views.waiting import APPEALED, FLAGGED
from people.models import Side
from portal.editions import remember
from portal.permissions import restrictions_against, visible_pages
from portal.sorting import sort_key_of

ALL = "all"
CHANGED = "changed"  # published, and new words of the author wait
CHANGED_LABEL = pgettext_lazy("comment", "changed")
MINE, UNCLAIMED = "mine", "unclaimed"  # by whom it is taken on
FLAGGED_LABEL = pgettext_lazy("comments", "flagged")
APPEALED_LABEL = _("appeals")


@dataclass(frozen=True)
class Section:
    """A section that holds conversations, as the list is narrowed to it."""

    pk: int
    path: str
    title: str
    language: str


def sections_for(request: HttpRequest) -> list[Section]:
    """Return the sections in which the moderator decides: from memory, not by a query."""
    every: list[Section] = remember(("sections of conversations",), _every_section)
    closed = [restriction.path for restriction in restrictions_against(request.user)]
    moderated = ModerationPermissionTester(request.user).moderated_sections()
    return [
        section
        for section in every
        if moderated.holds_path(section.path) and not any(section.path.startswith(path) for path in closed)
    ]


def _every_section() -> list[Section]:
    pages = conversation_sections().filter(live=True)
    return [Section(page.pk, page.path, page.title, str(page.locale)) for page in pages]


def _choices(sections: list[Section]) -> list[tuple[str, str]]:
    """Return sections to choose from, by their labels; where two share a title, each says its language."""
    titles = Counter(section.title for section in sections)
    choices = [
        (str(one.pk), f"{one.title} ({one.language})" if titles[one.title] > 1 else one.title)
        for one in sections
    ]
    return sorted(choices, key=lambda choice: sort_key_of(choice[1]))


def page_asked_for(request: HttpRequest) -> "Page.objects":
    """Return the page to which a link on a card narrows the list, where the moderator decides there."""
    asked = request.GET.get("page", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    sections = ModerationPermissionTester(request.user).moderated_sections()
    return visible_pages(Page.objects.filter(pk=pk), request.user).filter(sections.below("path"))


class CommentFilterSet(WagtailFilterSet):
    """What the list can be narrowed by. Anything else in the address is ignored."""

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[
            *CommentStatus.choices,
            (CHANGED, CHANGED_LABEL),
            (FLAGGED, FLAGGED_LABEL),
            (APPEALED, APPEALED_LABEL),
            (ALL, _("all")),
        ],
        initial=CommentStatus.HELD,
        empty_label=None,
        widget=forms.RadioSelect,
        method="filter_status",
    )
    section = django_filters.ChoiceFilter(
        label=_("Section"), choices=[], method="filter_section", empty_label=_("All sections")
    )
    # No list of all pages: a card leads to its own, and the search finds the others by their titles.
    page = django_filters.ModelChoiceFilter(
        label=_("Page"), queryset=page_asked_for, empty_label=_("All pages")
    )
    side = django_filters.ChoiceFilter(
        label=_("Side"), choices=Side.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    submitted_at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("comment", "Submitted"), widget=DateRangePickerWidget
    )

    claim = django_filters.ChoiceFilter(
        label=_("Taken on"),
        choices=[
            (MINE, pgettext_lazy("comment taken on", "by me")),
            (UNCLAIMED, pgettext_lazy("comment taken on", "by nobody")),
        ],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_claim",
    )

    class Meta:
        model = Comment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections_for(self.request)
        self.filters["section"].extra["choices"] = _choices(self.sections)
        if not self.data.get("page"):
            del self.filters["page"]

    def filter_status(self, queryset: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        if value == ALL:
            return queryset
        # What somebody has just decided is on its way: it stands with nothing that waits.
        queryset = without_pending(queryset)
        if value == CHANGED:
            return queryset.changed()
        if value == FLAGGED:
            return Flag.objects.open().flagged_among(queryset)
        if value == APPEALED:
            return Appeal.objects.open().appealed_among(queryset)
        return queryset.filter(status=value)

    def filter_claim(self, queryset: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        claims = current_claims().filter(comment=OuterRef("pk"))
        if value == MINE:
            return queryset.filter(Exists(claims.filter(by=self.request.user)))
        return queryset.exclude(Exists(claims))

    def filter_section(self, queryset: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        path = next(section.path for section in self.sections if str(section.pk) == value)
        return queryset.filter(page__path__startswith=path)
