"""Filters of the registers: short lists of choices, and dates by how long ago.

None reaches over a foreign key to list what the viewer may not see.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.contrib.admin import SimpleListFilter
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin


class ChoiceListFilter(SimpleListFilter):
    """A filter on a column with a short list of values."""

    choice_list: Iterable[tuple[str, str | Promise]] = ()

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(value, capfirst(str(label))) for value, label in self.choice_list]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        # Any value is an answer (R36): one that is not offered filters nothing.
        if self.value() in {value for value, _label in self.choice_list}:
            return queryset.filter(**{self.parameter_name: self.value()})
        return queryset


class SinceListFilter(SimpleListFilter):
    """A filter on a date, by how long ago: in whole days of the site's time zone."""

    date_field = ""
    title = _("date")
    parameter_name = "since"
    days = {
        "1": _("Today"),
        "7": _("The last 7 days"),
        "31": _("The last 31 days"),
        "365": _("The last year"),
    }

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return list(self.days.items())

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() not in self.days:
            return queryset
        first_day = timezone.localdate() - timedelta(days=int(self.value()) - 1)
        start = timezone.make_aware(datetime.combine(first_day, time.min))
        return queryset.filter(**{f"{self.date_field}__gte": start})
