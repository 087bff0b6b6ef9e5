"""Copies, aliases and translations of pages are compared with their readers where they are made.

Whoever calls, a form, the API of the admin or code, comes through here. Wagtail asks for the right to write
at the destination alone, and has hooks for the admin's own screens alone (CVE-2026-44200 was of this kind).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.views.generic import FormView
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.views.pages.copy import CopyView
from wagtail.models import Page

from portal.permissions import copy_stays_among_readers
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "the methods `check` and `execute` of the actions in wagtail/actions/copy_page.py, create_alias.py and "
    "copy_for_translation.py, which must still be asked before anything is written, and at `CopyView.post` "
    "in wagtail/admin/views/pages/copy.py, which looks up the destination by itself",
)


def check_copy(action: CopyPageAction) -> None:
    """Raise `CopyPagePermissionError` if the copy, or the translation, would have more readers."""
    _check_readers(action, action.to)


def check_alias(action: CreatePageAliasAction) -> None:
    """Raise `CreatePageAliasPermissionError` if the alias would have more readers."""
    _check_readers(action, action.parent)


def apply() -> None:
    """Let no copy of a page have more readers than the page."""
    _check_besides(CopyPageAction, check_copy)
    _check_besides(CreatePageAliasAction, check_alias)
    # The restrictions of a translation are made after it: until they are there, nobody may see it.
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
