"""The stylesheet that carries a site's own colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.models import PortalSettings

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def brand_stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the brand's colours at an address that changes with them; an old address leads to the new."""
    portal = PortalSettings.for_request(request)
    if digest != portal.brand_digest:
        response = redirect("brand_stylesheet", digest=portal.brand_digest)
        response["Cache-Control"] = "no-cache"
        return response
    return HttpResponse(portal.brand_stylesheet, content_type="text/css", headers={"Cache-Control": FOR_EVER})
