"""Pages at their addresses."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.models.pages import RouteResult
from wagtail.views import serve

from portal.editions import remember


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at `path`. Where it stands in the tree, and what it says, is remembered."""
    if request.method in {"GET", "HEAD"}:
        request._wagtail_route_for_request = find_route(request, path)  # type: ignore[attr-defined]  # Wagtail's
    return serve(request, path)


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """Return the page at `path`, as Wagtail finds it, to be read and not to be changed."""
    site = Site.find_for_request(request)
    route = remember(("route", site and site.pk, path), lambda: Page.route_for_request(request, path))
    return RouteResult(copy(route.page), route.args, route.kwargs) if route else None
