"""Views that belong to the frame, one module for each noun."""

from portal.views.brand import brand_stylesheet
from portal.views.cards import share_card
from portal.views.faults import (
    bad_request,
    csrf_failure,
    not_found,
    permission_denied,
    server_error,
    too_many_requests,
)
from portal.views.health import favicon, healthz, readyz, robots
from portal.views.media import serve_media
from portal.views.numbers import open_page
from portal.views.pages import serve_page
from portal.views.sharing import share_on_mastodon
from portal.views.tags import suggest_tags

__all__ = [
    "bad_request",
    "brand_stylesheet",
    "csrf_failure",
    "favicon",
    "healthz",
    "not_found",
    "open_page",
    "permission_denied",
    "readyz",
    "robots",
    "serve_media",
    "serve_page",
    "server_error",
    "share_card",
    "share_on_mastodon",
    "suggest_tags",
    "too_many_requests",
]
