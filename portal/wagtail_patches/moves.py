"""Whoever may not move a page is refused before they are told its title and slug.

Wagtail asks when the page is moved, and before, in a message about a slug that is taken at the destination,
tells everybody what the page is called. There is no hook before that.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.models import Page

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`MoveConfirmView.dispatch` in wagtail/admin/views/pages/move.py: whether it asks `can_move` first",
)
CONFIRM_MOVE = MoveConfirmView.dispatch


def confirm_move(
    self: MoveConfirmView, request: HttpRequest, page_to_move_id: int, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Ask first: Wagtail does when the page is moved, and before tells everybody its title and slug."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied
    return CONFIRM_MOVE(self, request, page_to_move_id, *args, **kwargs)


def apply() -> None:
    """Ask before the page is named."""
    MoveConfirmView.dispatch = confirm_move
