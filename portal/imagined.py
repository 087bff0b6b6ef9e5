"""Readers who stand in no table: as whom a page that is being written can be seen."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from portal.permissions import (
    Audience,
    Restriction,
    Viewer,
    audience_of,
    covering,
    current_viewer,
    groups_of,
    let_belong,
    load_restrictions,
)

NOBODY = -1  # the key of an account that there is not
AS_VISITOR, AS_EMPLOYEE, AS_MEMBER = "visitor", "employee", "member-"  # the last with the key of a group


def list_readers(page: Page) -> list[tuple[str, str | Promise]]:
    """Return as whom `page` can be seen while it is written, as Wagtail's preview modes: as oneself first.

    As a member of a group where that makes a difference, and only of groups that whoever asks belongs to: the
    page may show what nobody else should see.
    """
    is_internal = bool(page.path) and audience_of(page) == Audience.INTERNAL
    visitor = [] if is_internal else [(AS_VISITOR, gettext_lazy("As a visitor"))]
    members = [
        (f"{AS_MEMBER}{key}", _("As a member of “%(group)s”") % {"group": Group(pk=key)})
        for key in sorted(_groups_to_show(page, current_viewer()))
    ]
    employee = (AS_EMPLOYEE, gettext_lazy("As an employee without rights here"))
    return [("", gettext_lazy("As you see it")), *visitor, employee, *members]


def imagine_reader(page: Page, mode: str | None, viewer: Viewer) -> Viewer:
    """Return whom `mode` of `list_readers` means; `viewer` where it means whoever asks.

    :raises PermissionDenied: a group is meant that `viewer` does not belong to, or that is none of these.
    """
    if mode == AS_VISITOR:
        return AnonymousUser()
    if mode == AS_EMPLOYEE:
        return imagine_employee(page)
    if not mode or not mode.startswith(AS_MEMBER):
        return viewer
    keys = {str(key): key for key in _groups_to_show(page, viewer)}
    if mode.removeprefix(AS_MEMBER) not in keys:
        raise PermissionDenied
    group = keys[mode.removeprefix(AS_MEMBER)]
    return _imagine(_("A member of “%(group)s”") % {"group": Group(pk=group)}, _groups_with(group, page))


def imagine_employee(page: Page) -> Viewer:
    """Return somebody with an account and no rights, whom the restrictions of `page` admit."""
    return _imagine(_("An employee"), _groups_with(None, page))


def _imagine(name: str, groups: frozenset[int]) -> Viewer:
    somebody = get_user_model()(pk=NOBODY, first_name=name)
    let_belong(somebody, groups)
    return somebody


def _above(page: Page) -> list[Restriction]:
    # A page that was never saved has no place yet, and no restriction.
    return covering(page, load_restrictions()) if page.path else []


def _groups_with(group: int | None, page: Page) -> frozenset[int]:
    """Return `group`, and what its members need besides to read `page`."""
    others = [one.groups for one in _above(page) if group not in one.groups]
    return frozenset({group} - {None}).union(*others)


def _groups_to_show(page: Page, viewer: Viewer | None) -> frozenset[int]:
    above = _above(page)
    named = frozenset().union(*(one.groups for one in above or load_restrictions()))
    if viewer is None or not viewer.is_superuser:
        named &= groups_of(viewer) if viewer else frozenset()
    return frozenset(key for key in named if _groups_with(key, page) != _groups_with(None, page))
