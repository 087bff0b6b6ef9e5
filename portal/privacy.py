"""Closing and opening a page in the admin: what follows from it is told before it is done.

Wagtail's dialog is given our form by `portal.wagtail_patches.privacy_dialog`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import BaseViewRestriction, Page

from portal.permissions import Restriction, Viewer, load_restrictions

# Given a page, who closes it, and to whom it will be open, a sentence on what follows, or none.
Concern = Callable[[Page, Viewer, frozenset[Group]], str]
_concerns: list[Concern] = []


# Given a page, and all restrictions of the site as they would be, a sentence on what follows, or none.
Consequence = Callable[[Page, list[Restriction]], str]
_consequences: list[Consequence] = []


def register_concern(concern: Concern) -> Concern:
    """Let whoever closes a page to groups be told of something that follows from it."""
    _concerns.append(concern)
    return concern


def register_consequence(consequence: Consequence) -> Consequence:
    """Let whoever changes who may read a page, to more or to fewer, be told of something that follows."""
    _consequences.append(consequence)
    return consequence


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
        if self.errors:
            return data
        told = [sentence for sentence in self._find_concerns(data) if sentence]
        # What was heard counts for this choice alone.
        self.heard_next = _name_of(data)
        if told and data.get("heard") != self.heard_next:
            self.concerns = told
            raise forms.ValidationError(told, code="heard")
        return data

    def _find_concerns(self, data: dict[str, Any]) -> Iterator[str]:
        if data["restriction_type"] == BaseViewRestriction.GROUPS:
            yield from (concern(self.page, self.viewer, _groups_in(data)) for concern in _concerns)
        after = [one for one in load_restrictions() if one.path != self.page.path]
        if data["restriction_type"] != BaseViewRestriction.NONE:
            kind, admitted = data["restriction_type"], frozenset(group.pk for group in _groups_in(data))
            after.append(Restriction(self.page.path, kind, admitted, self.page.url_path))
        yield from (consequence(self.page, after) for consequence in _consequences)


def _groups_in(data: dict[str, Any]) -> frozenset[Group]:
    """Return the groups that are admitted: ticks beside another choice count for nothing."""
    if data["restriction_type"] != BaseViewRestriction.GROUPS:
        return frozenset()
    return frozenset(data["groups"])


def _name_of(data: dict[str, Any]) -> str:
    """Return how a choice is told from others."""
    return " ".join(sorted(str(group.pk) for group in _groups_in(data))) or data["restriction_type"]
