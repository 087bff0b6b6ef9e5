"""Acts of Wagtail's admin that carry words past a door, guarded where they are done.

Whoever calls, a form, the API of the admin or code, comes through here, and what an address or a form names
is looked up once: there is no second reading of a number that could differ from the one that is acted on.
Wagtail 8.0 has no hook at these places, so its methods are replaced. Look again with the next Wagtail.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404
from django.views.generic import FormView
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from portal.permissions import (
    Viewer,
    copy_stays_among_readers,
    current_viewer,
    reachable_files,
    reachable_pages,
)


def check_copy(action: CopyPageAction) -> None:
    """Raise `CopyPagePermissionError` if the copy, or the translation, would have more readers."""
    _check_readers(action, action.to)


def check_alias(action: CreatePageAliasAction) -> None:
    """Raise `CreatePageAliasPermissionError` if the alias would have more readers."""
    _check_readers(action, action.parent)


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


def confirm_move(
    self: MoveConfirmView, request: HttpRequest, page_to_move_id: int, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Ask first: Wagtail does when the page is moved, and before tells everybody its title and slug."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied
    return CONFIRM_MOVE(self, request, page_to_move_id, *args, **kwargs)


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


SHOW_CHOSEN, CONFIRM_MOVE = ChosenMultipleView.dispatch, MoveConfirmView.dispatch


def keep_doors_where_acts_are_done() -> None:
    """Let no act on pages and files of the admin pass a door, by whichever way it is asked for."""
    _check_besides(CopyPageAction, check_copy)
    _check_besides(CreatePageAliasAction, check_alias)
    BulkAction.get_queryset = classmethod(find_objects)
    ChosenMultipleView.dispatch = show_chosen
    MoveConfirmView.dispatch = confirm_move
    # The doors of a translation come after it: nobody may see it before.
    CopyPageForTranslationAction.execute = transaction.atomic(CopyPageForTranslationAction.execute)
    CopyView.post = FormView.post  # Wagtail's looks the destination up before the form has read it


def _check_readers(action: CopyPageAction | CreatePageAliasAction, destination: Page | None) -> None:
    if not copy_stays_among_readers(
        action.page,
        destination or action.page.get_parent(),
        is_recursive=bool(action.recursive),
        is_translation=not action.reset_translation_key,
    ):
        raise action.permission_error_class("The copy would have more readers than the page.")


def _check_besides(action: type, check: Callable[[Any], None]) -> None:
    stock = action.check  # type: ignore[attr-defined]

    @wraps(stock)
    def check_both(self: Any, *args: Any, **kwargs: Any) -> None:
        stock(self, *args, **kwargs)
        check(self)

    action.check = check_both  # type: ignore[attr-defined]


def _read_ids(find: Callable[[], list[models.Model]]) -> list[models.Model]:
    """Return what `find` finds by ids of the request; one that is no number is as little there."""
    try:
        return find()
    except (ValueError, OverflowError):
        raise Http404 from None
