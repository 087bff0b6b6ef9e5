"""Numbers as readers see them."""

from django import template

from portal.formats import write_number

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """Return a count with its thousands apart: 5 001, 5,001."""
    return write_number(number)
