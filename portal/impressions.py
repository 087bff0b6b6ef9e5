"""How a draft will look to somebody who reads it and works on nothing here: neither stored nor remembered."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP, build_policy
from django.utils.translation import override

from portal.editions import memory_apart
from portal.models import BasePage
from portal.permissions import Viewer, viewer_known

# What tells who asks, and what they sent.
WITHHELD = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "CONTENT_TYPE", "CONTENT_LENGTH", "QUERY_STRING")


@dataclass(frozen=True)
class Band:
    """The line over such a page, in the language of whoever looks: what it is, and the way back."""

    words: str
    link_label: str
    address: str
    language: str


def show_draft(draft: BasePage, request: HttpRequest, *, to: Viewer, band: Band) -> HttpResponse:
    """Return `draft`, as it will be served to a reader once it is published, under a line that says so.

    No form in it can be sent. What whoever asks may see besides has no part in it.
    """
    reader = _request_of(draft, request, to)
    draft.live = True  # in memory alone: so it is read
    with memory_apart(), viewer_known(reader), override(draft.locale.language_code):
        context = {**draft.get_context(reader), "band": band}
        response = TemplateResponse(reader, draft.get_template(reader), context).render()
    policy = build_policy({**settings.SECURE_CSP, "form-action": [CSP.NONE]})
    response.headers[str(CSP.HEADER_ENFORCE)] = policy
    patch_cache_control(response, private=True, no_store=True)
    return response


def _request_of(draft: BasePage, request: HttpRequest, reader: Viewer) -> WSGIRequest:
    """Return the request with which `reader` would ask for the page: nothing of who asks is in it."""
    meta = {name: value for name, value in request.META.items() if name not in WITHHELD}
    path = urlsplit(draft.get_url(request) or "/").path
    asked = WSGIRequest({**meta, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": ""})
    asked.user = reader
    return asked
