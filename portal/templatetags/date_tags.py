"""Django's `date` filter with French ordinals, in every template: it is among the built-in libraries."""

from typing import Any

from django import template
from django.template.defaultfilters import date as write_plainly

from portal.formats import with_ordinal

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, how: str | None = None) -> str:
    """Return a date as Django writes it, but for the first of a month in French."""
    return with_ordinal(write_plainly(value, how))
