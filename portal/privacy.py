"""Closing a page in the admin: what follows from it is told before it is done.

Wagtail's dialog is given our form by `portal.wagtail_patches.privacy_dialog`.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import BaseViewRestriction, Page

from portal.permissions import Viewer

# Given a page, who closes it, and to whom it will be open, a sentence on what follows, or none.
Concern = Callable[[Page, Viewer, frozenset[Group]], str]
_concerns: list[Concern] = []


def register_concern(concern: Concern) -> Concern:
    """Let whoever closes a page to groups be told of something that follows from it."""
    _concerns.append(concern)
    return concern


@register_concern
def locks_out(page: Page, viewer: Viewer, groups: frozenset[Group]) -> str:
    """An editor who is in none of the groups closes the page to themselves too."""
    if viewer.is_superuser or groups & frozenset(viewer.groups.all()):
        return ""
    if page.owner_id == viewer.pk and not page.first_published_at:
        return _(
            "You are in none of these groups: once the page is published, you can neither read nor change it."
        )
    return _("You are in none of these groups: you will neither read nor change the page any more.")


class PrivacyForm(PageViewRestrictionForm):
    """Wagtail's form, which first tells what follows and is then sent once more."""

    heard = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: Page, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.viewer = page, viewer
        self.concerns: list[str] = []
        self.heard_next = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("restriction_type") != BaseViewRestriction.GROUPS or self.errors:
            return data
        groups = frozenset(data["groups"])
        told = [sentence for concern in _concerns if (sentence := concern(self.page, self.viewer, groups))]
        # What was heard counts for these groups alone.
        self.heard_next = " ".join(sorted(str(group.pk) for group in groups))
        if told and data.get("heard") != self.heard_next:
            self.concerns = told
            raise forms.ValidationError(told, code="heard")
        return data
