"""Fields of Wagtail's admin: slugs, moments and lists in an order of one's own."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput, SlugInput

from portal.slugs import formatters

DATE_ALONE = re.compile(r"\s*\d{4}-\d{1,2}-\d{1,2}\s*")


class PortalSlugInput(SlugInput):
    """A field that proposes, as the title is typed, the slug that the page will have."""

    def __init__(self, attrs: dict[str, Any] | None = None, locale: object | None = None) -> None:
        letters = None if settings.WAGTAIL_ALLOW_UNICODE_SLUGS else formatters()
        super().__init__(attrs, formatters=letters, locale=locale)


register_form_field_override(models.SlugField, override={"widget": PortalSlugInput})


class MomentInput(AdminDateTimeInput):
    """Wagtail's field for a date and an hour, whose picker leaves alone what somebody has typed.

    It would put the present moment in the place of a date without an hour.
    """

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}


class DeadlineInput(MomentInput):
    """A date without an hour, typed or picked, lasts to the end of that day."""

    LAST_MINUTE = "23:59"

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "defaultTime": self.LAST_MINUTE}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return f"{value.strip()} {self.LAST_MINUTE}" if value and DATE_ALONE.fullmatch(value) else value


register_form_field_override(models.DateTimeField, override={"widget": MomentInput})


class OrderedCheckboxes(forms.CheckboxSelectMultiple):
    """A list to tick and to put in order: what is ticked comes first, in its order, and is sent so."""

    template_name = "portal/widgets/ordered_checkboxes.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"

    class Media:
        js = ("js/admin/order-list.js",)
        css = {"all": ["css/admin/order-list.css"]}

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        places = {key: place for place, key in enumerate(value)}
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: places.get(str(group[1][0]["value"]), len(places)))
