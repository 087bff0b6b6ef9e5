"""What the admin shows and lets do: Wagtail's permissions, less what a view restriction takes away.

Wagtail's permissions say what somebody may do with a page, a picture or a document. The right to edit the
site is not the right to read what is internal.
"""

from collections.abc import Iterable
from functools import cached_property

from django.db import models
from wagtail.models import (
    PAGE_PERMISSION_TYPES,
    CollectionMember,
    CollectionViewRestriction,
    Page,
    PagePermissionTester,
)
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.permissions.restrictions import (
    Restriction,
    Viewer,
    gather_restrictions,
    is_restricted_by,
    once_for,
    outside,
    restrictions_against,
    without_own_drafts,
)

PAGE_RIGHTS = tuple(codename for codename, _short, _name in PAGE_PERMISSION_TYPES)


def reachable_files(queryset: models.QuerySet, viewer: Viewer) -> models.QuerySet:
    """Return the pictures or documents of `queryset` whose collection is not closed to `viewer`."""
    for restriction in closed_collections_in_admin(viewer):
        queryset = queryset.exclude(collection__path__startswith=restriction.path)
    return queryset


class PortalPagePermissionTester(PagePermissionTester):
    """What somebody may do with one page in the admin: nothing at all where a restriction keeps them out."""

    def __init__(self, user: Viewer, page: Page) -> None:
        super().__init__(user, page)
        closed = _restrictions_in_admin(user)
        self.is_closed = is_restricted_by(page, closed)
        self.has_closed_below = any(restriction.is_below(page.path) for restriction in closed)
        # Wagtail asks this set for most rights. The methods below are those in which a task of a workflow,
        # a lock, or what is further down has a say as well (Wagtail 8.0).
        if self.is_closed:
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        return not self.is_closed and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What is deleted or moved takes all below along: nobody does that to what they may not see."""
        return not self.has_closed_below and super().can_delete(ignore_bulk)

    def can_lock(self) -> bool:
        return not self.is_closed and super().can_lock()

    def can_unlock(self) -> bool:
        return not self.is_closed and super().can_unlock()

    def page_locked(self) -> bool:
        return self._is_locked

    @cached_property
    def _is_locked(self) -> bool:
        """Whether it is, looked up once: a workflow has a say in it."""
        return super().page_locked()

    def can_view_revisions(self) -> bool:
        return not self.is_closed and super().can_view_revisions()


class PortalPagePermissionPolicy(PagePermissionPolicy):
    """Which pages the admin shows to somebody: explorer, search, reports and histories ask here."""

    def user_has_any_permission_for_instance(
        self, user: Viewer, actions: Iterable[str], instance: Page
    ) -> bool:
        if is_restricted_by(instance, _restrictions_in_admin(user)):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> models.QuerySet:
        return self._within_reach(user, super().instances_user_has_any_permission_for(user, actions))

    def explorable_instances(self, user: Viewer) -> models.QuerySet:
        return self._within_reach(user, super().explorable_instances(user))

    @staticmethod
    def _within_reach(user: Viewer, pages: models.QuerySet) -> models.QuerySet:
        return outside(pages, _restrictions_in_admin(user))


def is_closed_in_admin(user: Viewer, page: Page) -> bool:
    """Whether `page`, draft or live, is out of reach of `user` in the admin."""
    return is_restricted_by(page, _restrictions_in_admin(user))


def is_closed_file_in_admin(user: Viewer, file: CollectionMember) -> bool:
    """Whether a picture or document is out of reach of `user` in the admin."""
    closed = closed_collections_in_admin(user)
    return bool(closed) and is_restricted_by(file.collection, closed)


def edits_pages(user: Viewer) -> bool:
    """Whether `user` works on any page of the site."""
    return PagePermissionPolicy(Page).user_has_any_permission(user, PAGE_RIGHTS)


def reaches_every_page(user: Viewer) -> bool:
    """Whether no restriction keeps `user` out, so that figures about all pages tell them nothing new."""
    return not _restrictions_in_admin(user)


def _restrictions_in_admin(user: Viewer) -> list[Restriction]:
    """Return the restrictions against `user`, looked up once for each request, like Wagtail's permissions."""
    return once_for(user, "_restrictions", lambda: without_own_drafts(user, restrictions_against(user)))


def closed_collections_in_admin(user: Viewer) -> list[Restriction]:
    """Return the restrictions of collections against `user`, looked up once for each request."""
    return once_for(
        user, "_closed_collections", lambda: restrictions_against(user, _read_restrictions_of_collections())
    )


def _read_restrictions_of_collections() -> list[Restriction]:
    rows = CollectionViewRestriction.objects.values_list(
        "collection__path", "restriction_type", "pk", "groups"
    )
    return gather_restrictions(("", *row) for row in rows)
