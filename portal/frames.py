"""A page as all readers of a kind see it, with open places for what is made anew at each view.

In a template, `{% fresh %}` opens such a place: what stands in it knows the page and the request, and nothing
else. All that stands around it is remembered (`portal.editions`) under what tells kinds of readers apart, and
never under a reader: what is somebody's own, and what changes too often, belongs into a fresh place.
"""

import secrets
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template import NodeList, RequestContext, Template
from django.template.loader import get_template
from django.utils.html import format_html
from wagtail import hooks

from portal.permissions import restrictions_against

# Marks an open place in what is remembered. Nobody can write it into a page: it is drawn for each process.
OPEN_PLACE = format_html("<!--{}-->", secrets.token_hex(16))

# The open places of the page that is being made; None where nothing is to be remembered.
_PLACES: ContextVar[list[NodeList] | None] = ContextVar("open_places", default=None)


@dataclass(frozen=True)
class Frame:
    """What stands before, between and after the open places, and what comes into them."""

    template: Template
    parts: list[str]
    places: list[NodeList]

    def fill(self, request: HttpRequest, values: dict[str, Any]) -> str:
        """Return the whole page for the reader of `request`."""
        context = RequestContext(request, values)
        # As `Template.render` does: the places are nodes of that template, rendered by themselves.
        with context.render_context.push_state(self.template), context.bind_template(self.template):
            text = [self.parts[0]]
            for place, part in zip(self.places, self.parts[1:], strict=True):
                text += [place.render(context), part]
        return "".join(text)


def make_frame(request: HttpRequest, template_name: str, values: dict[str, Any]) -> Frame:
    """Render a template but for its fresh places. No token of a form comes into it."""
    template = get_template(template_name)
    with _places_open() as places:
        text = template.render({**values, "csrf_token": ""}, request)
    return Frame(template.template, text.split(OPEN_PLACE), places)


def open_place(content: NodeList) -> str | None:
    """Return the mark of an open place for `content`; None where it is to be rendered at once."""
    places = _PLACES.get()
    if places is None:
        return None
    places.append(content)
    return OPEN_PLACE


def kind_of_reader(request: HttpRequest) -> tuple[Hashable, ...]:
    """Return what readers have in common to whom the same pages look the same.

    The view restrictions against them, and whatever else apps tell apart by the hook `tell_readers_apart`.
    """
    closed = tuple(restriction.path for restriction in restrictions_against(request.user))
    others = tuple(tell(request) for tell in hooks.get_hooks("tell_readers_apart"))
    return (request.scheme, request.get_host(), request.user.is_authenticated, closed, *others)


@contextmanager
def _places_open() -> Iterator[list[NodeList]]:
    places: list[NodeList] = []
    token = _PLACES.set(places)
    try:
        yield places
    finally:
        _PLACES.reset(token)
