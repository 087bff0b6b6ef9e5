"""What the list of comments can be narrowed by."""

from collections.abc import Iterator

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Page

from dialogue.models import Comment, CommentStatus
from dialogue.querysets import CommentQuerySet
from moderation.models import Flag, without_pending
from moderation.permissions import ModerationPermissionTester
from moderation.section_forms import conversation_sections
from moderation.views.waiting import FLAGGED
from people.models import Side
from portal.permissions import visible_pages
from portal.sorting import sort_key_of

ALL = "all"
CHANGED = "changed"  # published, and new words of the author wait
CHANGED_LABEL = pgettext_lazy("comment", "changed")
FLAGGED_LABEL = pgettext_lazy("comments", "flagged")
PAGES_OFFERED = 200  # in the filter; the search finds the others by their titles


def sections_for(request: HttpRequest) -> "Page.objects":
    """Return the sections that hold conversations, as far as the moderator may read them."""
    return _moderated(conversation_sections(), request)


def pages_for(request: HttpRequest) -> "Page.objects":
    """Return the newest pages with comments, and the one asked for, as far as the moderator may read them."""
    has_comments = Exists(Comment.objects.filter(page=OuterRef("pk")))
    pages = _moderated(Page.objects.filter(has_comments), request)
    offered = list(pages.order_by("-first_published_at").values_list("pk", flat=True)[:PAGES_OFFERED])
    asked = request.GET.get("page", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        offered.append(int(asked))
    return pages.filter(pk__in=offered).select_related("locale")


def _moderated(pages: "Page.objects", request: HttpRequest) -> "Page.objects":
    sections = ModerationPermissionTester(request.user).moderated_sections()
    return visible_pages(pages, request.user).filter(sections.below("path"))


class InOrder(ModelChoiceField.iterator):
    """Choices by their labels, below the one that lifts the filter."""

    def __iter__(self) -> Iterator[tuple[object, str]]:
        first, *others = super().__iter__()
        yield first
        yield from sorted(others, key=lambda choice: sort_key_of(choice[1]))


class PageChoiceField(ModelChoiceField):
    """Pages by their titles; where two share one, each says its language."""

    iterator = InOrder

    @cached_property
    def shared_titles(self) -> set[str]:
        titles = self.queryset.order_by().values("title").annotate(number=Count("pk"))
        return set(titles.filter(number__gt=1).values_list("title", flat=True))

    def label_from_instance(self, page: Page) -> str:
        return f"{page.title} ({page.locale})" if page.title in self.shared_titles else page.title


class PageFilter(django_filters.ModelChoiceFilter):
    """One page of those offered."""

    field_class = PageChoiceField


class CommentFilterSet(WagtailFilterSet):
    """What the list can be narrowed by. Anything else in the address is ignored."""

    status = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[
            *CommentStatus.choices,
            (CHANGED, CHANGED_LABEL),
            (FLAGGED, FLAGGED_LABEL),
            (ALL, _("all")),
        ],
        initial=CommentStatus.HELD,
        empty_label=None,
        widget=forms.RadioSelect,
        method="filter_status",
    )
    section = PageFilter(
        label=_("Section"), queryset=sections_for, method="filter_section", empty_label=_("All sections")
    )
    page = PageFilter(label=_("Page"), queryset=pages_for, empty_label=_("All pages"))
    side = django_filters.ChoiceFilter(
        label=_("Side"), choices=Side.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    submitted_at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("comment", "Submitted"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Comment
        fields: list[str] = []

    def filter_status(self, queryset: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        if value == ALL:
            return queryset
        # What somebody has just decided is on its way: it stands with nothing that waits.
        queryset = without_pending(queryset)
        if value == CHANGED:
            return queryset.changed()
        if value == FLAGGED:
            return Flag.objects.open().flagged_among(queryset)
        return queryset.filter(status=value)

    def filter_section(self, queryset: CommentQuerySet, name: str, value: Page) -> CommentQuerySet:
        return queryset.filter(page__path__startswith=value.path)
