"""How the register of featured comments is narrowed."""

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail_modeladmin.options import ModelAdmin

from dialogue.quotation_states import STATE_LABELS, QuotationState, states_everywhere
from moderation.registers.filters import ChoiceListFilter, SinceListFilter
from people.models import Side
from portal.permissions import edits_pages, reachable_pages

RELATED = ("comment__page", "comment__participant__user", "page__locale", "revision")


class FeaturedFilter(SinceListFilter):
    date_field = "featured_at"


class StateFilter(ChoiceListFilter):
    """Where a quotation stands: told by the rows themselves, for no column holds it."""

    title = pgettext_lazy("of a quotation", "state")
    parameter_name = "state"
    choice_list = [(state.value, label) for state, label in STATE_LABELS.items()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() not in set(QuotationState):
            return queryset
        rows = queryset.without_words().select_related(*RELATED)
        found = [row.quotation.pk for row in states_everywhere(rows) if row.state == self.value()]
        return queryset.filter(pk__in=found)


class SideFilter(ChoiceListFilter):
    title = _("side")
    parameter_name = "side"
    choice_list = Side.choices

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(comment__side=self.value()) if self.value() in Side.values else queryset


class LanguageFilter(ChoiceListFilter):
    """The language of the page that quotes."""

    title = _("language")
    parameter_name = "language"

    @property
    def choice_list(self) -> list[tuple[str, str | Promise]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() not in dict(self.choice_list):
            return queryset
        return queryset.filter(page__locale__language_code=self.value())


class SectionFilter(SimpleListFilter):
    """The section in which the page that quotes stands: of those that the viewer may know of."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        quoting = set(model_admin.get_queryset(request).order_by().values_list("page__path", flat=True))
        above = {path[: -Page.steplen] for path in quoting}
        sections = reachable_pages(Page.objects.filter(path__in=above), request.user).order_by("path")
        if not edits_pages(request.user):
            sections = sections.live()
        self.paths = {str(pk): path for pk, path in sections.values_list("pk", "path")}
        return [(str(section.pk), section.title) for section in sections]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        path = self.paths.get(self.value() or "")
        return queryset.filter(page__path__startswith=path) if path else queryset
