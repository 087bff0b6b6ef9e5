"""Serves the picture that stands for a page where it is shared."""

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.cards import card_file, card_of
from portal.models import BasePage, PortalSettings
from portal.permissions import visible_pages

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def share_card(request: HttpRequest, page_id: int, digest: str) -> HttpResponseBase:
    """Serve the card of a public page; everything else is not found, and so is a card of other words."""
    page = get_object_or_404(visible_pages(Page.objects.all(), AnonymousUser()), pk=page_id).specific
    card = card_of(page, PortalSettings.for_request(request)) if isinstance(page, BasePage) else None
    if card is None or digest != card.digest:
        raise Http404
    response = FileResponse(card_file(card).open("rb"), content_type="image/png")
    response["Cache-Control"] = FOR_EVER
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    return response
