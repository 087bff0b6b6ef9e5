"""What an act of the admin is for is found among what is within reach, by the query that acts on it.

What an address or a form names is looked up once: there is no second reading of a number that could differ
from the one that is acted on. In bulk actions, and where it shows what was chosen, Wagtail looks among all
rows, and has no hook at either place.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from portal.permissions import Viewer, current_viewer, reachable_files, reachable_pages
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`BulkAction.get_queryset` in wagtail/admin/views/bulk_action/base_bulk_action.py and at "
    "`ChosenMultipleView` in wagtail/admin/views/chooser.py: where they look up what they are given, and "
    "whether another view of the chooser does so by now",
)
SHOW_CHOSEN = ChosenMultipleView.dispatch


def find_objects(cls: type[BulkAction], model: type[models.Model], object_ids: Any) -> list[models.Model]:
    """Return what a bulk action is for; what is closed to whoever asks is not there.

    Raises `Http404` if nothing is left, or where an id is none.
    """
    return _read_ids(lambda: get_list_or_404(within_reach(model, current_viewer()), pk__in=object_ids))


def show_chosen(self: ChosenMultipleView, request: HttpRequest) -> HttpResponse:
    """Answer with the pages that were chosen, of those that the viewer may reach.

    The view is given the numbers of what was found, whatever was sent.
    """
    asked_for = request.GET.getlist("id")
    pages = within_reach(Page, request.user)
    found = _read_ids(lambda: get_list_or_404(pages, pk__in=asked_for))
    request.GET = request.GET.copy()
    request.GET.setlist("id", [page.pk for page in found])
    return SHOW_CHOSEN(self, request)


def within_reach(model: type[models.Model], viewer: Viewer | None) -> models.QuerySet:
    """Return the rows of `model` but for pages, pictures and documents that are closed to `viewer`.

    Nobody, as in a command, reaches everything.
    """
    rows = model._default_manager.all()
    if viewer is None:
        return rows
    if issubclass(model, Page):
        return reachable_pages(rows, viewer)
    return reachable_files(rows, viewer) if issubclass(model, AbstractImage | AbstractDocument) else rows


def apply() -> None:
    """Let no act on pages and files find what is closed to whoever asks."""
    BulkAction.get_queryset = classmethod(find_objects)
    ChosenMultipleView.dispatch = show_chosen


def _read_ids(find: Callable[[], list[models.Model]]) -> list[models.Model]:
    """Return what `find` finds by ids of the request; one that is no number is as little there."""
    try:
        return find()
    except (ValueError, OverflowError):
        raise Http404 from None
