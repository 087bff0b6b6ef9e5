"""Who may read a page: the one place that answers, for pages, lists, feeds, search, menus and choosers.

A page's audience is Wagtail's own view restriction. A *door* is one such restriction: it closes a page
and everything below it to those who may not pass. The doors are remembered (`portal.editions`): asking costs
one query for the edition, once in a request, and one for the groups of a signed-in viewer.

The admin asks here too: Wagtail's permissions say what somebody may do with a page, a picture or a document,
and a closed door takes all of it away, so that the right to edit the site is not the right to read what is
internal.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    PAGE_PERMISSION_TYPES,
    BaseViewRestriction,
    Collection,
    CollectionMember,
    CollectionViewRestriction,
    Page,
    PagePermissionTester,
    PageViewRestriction,
)
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.editions import remember

Viewer = Any  # `request.user`: a people.User or Django's AnonymousUser
PAGE_RIGHTS = tuple(codename for codename, _short, _name in PAGE_PERMISSION_TYPES)


class Audience(models.TextChoices):
    """Who a page is for."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")


@dataclass(frozen=True)
class Door:
    """One view restriction: where it stands (`path` and `url_path` are its page's), and who may pass."""

    path: str
    kind: str
    groups: frozenset[int]
    url_path: str = field(default="", compare=False)

    def is_before(self, path: str) -> bool:
        return path.startswith(self.path)

    def stands_below(self, path: str) -> bool:
        return self.path.startswith(path)

    def admits(self, viewer: Viewer, groups: frozenset[int]) -> bool:
        if not viewer.is_active:
            return False
        if viewer.is_superuser:
            return True
        if self.kind == BaseViewRestriction.LOGIN:
            return viewer.is_authenticated
        # Shared passwords are switched off: a door that still asks for one stays shut.
        return self.kind == BaseViewRestriction.GROUPS and bool(self.groups & groups)

    def is_implied_by(self, other: "Door") -> bool:
        """Whether everybody who passes `other` would pass this one too."""
        if self == other:
            return True
        if self.kind == BaseViewRestriction.LOGIN:
            return other.kind in {BaseViewRestriction.LOGIN, BaseViewRestriction.GROUPS}
        return (
            self.kind == other.kind == BaseViewRestriction.GROUPS
            and bool(other.groups)
            and other.groups <= self.groups
        )


# The request that is being answered, for what Wagtail renders without a word on who will read it.
_REQUEST: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


@contextmanager
def viewer_known(request: HttpRequest) -> Iterator[None]:
    """Remember for whom the block works. Asks for the session only when somebody wants to know."""
    token = _REQUEST.set(request)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def current_viewer() -> Viewer | None:
    """Return who asked for what is being answered; None where nobody did, as in a command."""
    request = _REQUEST.get()
    return request.user if request else None


def load_doors() -> list[Door]:
    """Return every view restriction of the site, remembered for as long as none of them changes."""
    return list(remember(("doors",), _read_doors))


def _read_doors() -> list[Door]:
    return _gather(
        PageViewRestriction.objects.values_list(
            "page__url_path", "page__path", "restriction_type", "pk", "groups"
        )
    )


def _gather(rows: Iterable[tuple[str, str, str, int, int | None]]) -> list[Door]:
    """Return one door for each restriction of which `rows` hold a line for each of its groups."""
    found: dict[tuple[str, str, str, int], set[int | None]] = {}
    for url_path, path, kind, pk, group in rows:
        found.setdefault((path, url_path, kind, pk), set()).add(group)
    return [
        Door(path, kind, frozenset(group for group in groups if group), url_path)
        for (path, url_path, kind, _pk), groups in found.items()
    ]


def closed_doors(viewer: Viewer, doors: Iterable[Door] | None = None) -> list[Door]:
    """Return the doors that `viewer` may not pass, without those behind another closed one."""
    doors = load_doors() if doors is None else list(doors)
    groups = _groups_of(viewer) if any(door.groups for door in doors) else frozenset()
    closed = sorted((d for d in doors if not d.admits(viewer, groups)), key=lambda door: door.path)
    outermost: list[Door] = []
    for door in closed:
        if not outermost or not outermost[-1].is_before(door.path):
            outermost.append(door)
    return outermost


def reachable_pages(queryset: models.QuerySet, viewer: Viewer) -> models.QuerySet:
    """Return the pages of `queryset`, drafts included, that stand behind no door closed to `viewer`.

    For the admin, where drafts are at home; readers are served by `visible_pages`.
    """
    return _outside(queryset, _without_own_drafts(viewer, closed_doors(viewer)))


def visible_pages(
    queryset: models.QuerySet, viewer: Viewer, doors: Iterable[Door] | None = None
) -> models.QuerySet:
    """Return the live pages of `queryset` that `viewer` may read."""
    return _outside(queryset, closed_doors(viewer, doors)).filter(live=True)


def can_read_page(viewer: Viewer, page: Page, doors: Iterable[Door] | None = None) -> bool:
    """Whether `viewer` may read `page` as it stands now."""
    return page.live and not _is_behind(page, closed_doors(viewer, doors))


def title_for(viewer: Viewer, page: str = "page") -> Case:
    """Return, for a query, the title of the page in a field: empty where `viewer` may not read it."""
    readable = Q(**{f"{page}__live": True})
    for door in closed_doors(viewer):
        readable &= ~Q(**{f"{page}__path__startswith": door.path})
    return Case(When(readable, then=F(f"{page}__title")), default=Value(""))


def audience_of(page: Page, doors: Iterable[Door] | None = None) -> Audience:
    """Return who `page` is for. A page that is not yet in the tree has no audience but the public's."""
    doors = load_doors() if doors is None else doors
    return Audience.INTERNAL if _is_behind(page, doors) else Audience.PUBLIC


def readers_are_within(page: Page, source: Page, doors: Iterable[Door] | None = None) -> bool:
    """Whether everybody who passes the doors before `page` also passes those before `source`.

    Only doors are compared: whether either page is live is a question of its own.
    """
    doors = load_doors() if doors is None else list(doors)
    passed = [door for door in doors if door.is_before(page.path)]
    return _are_implied([door for door in doors if door.is_before(source.path)], passed)


def readers_stay_within(page: Page, destination: Page, doors: Iterable[Door] | None = None) -> bool:
    """Whether `page`, set below `destination`, would be read by nobody who may not read it now.

    Doors on the page itself, and further down, go along with it.
    """
    doors = load_doors() if doors is None else list(doors)
    left_behind = [door for door in doors if door.is_before(page.path) and door.path != page.path]
    passed = [door for door in doors if door.is_before(destination.path) or door.path == page.path]
    return _are_implied(left_behind, passed)


def copy_stays_among_readers(
    page: Page,
    destination: Page,
    *,
    is_recursive: bool = False,
    is_translation: bool = False,
    doors: Iterable[Door] | None = None,
) -> bool:
    """Whether a copy of `page` below `destination` would be read by nobody who may not read the original.

    A recursive copy answers for every page below `page` as well. Translations come with the doors that stand
    on their original; other copies come without.
    """
    doors = load_doors() if doors is None else list(doors)
    before = [door for door in doors if door.is_before(page.path)]
    below = [door for door in doors if is_recursive and door.stands_below(page.path)]
    passed = [
        door
        for door in doors
        if door.is_before(destination.path) or (is_translation and door.path == page.path)
    ]
    return _are_implied([*before, *below], passed)


def reachable_files(queryset: models.QuerySet, viewer: Viewer) -> models.QuerySet:
    """Return the pictures or documents of `queryset` whose collection is not closed to `viewer`."""
    for door in _closed_collections_in_admin(viewer):
        queryset = queryset.exclude(collection__path__startswith=door.path)
    return queryset


class PortalPagePermissionTester(PagePermissionTester):
    """What somebody may do with one page in the admin: nothing at all behind a door closed to them."""

    def __init__(self, user: Viewer, page: Page) -> None:
        super().__init__(user, page)
        closed = _closed_doors_in_admin(user)
        self.is_closed = _is_behind(page, closed)
        self.has_closed_below = any(door.stands_below(page.path) for door in closed)
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

    def can_view_revisions(self) -> bool:
        return not self.is_closed and super().can_view_revisions()


class PortalPagePermissionPolicy(PagePermissionPolicy):
    """Which pages the admin shows to somebody: explorer, search, reports and histories ask here."""

    def user_has_any_permission_for_instance(
        self, user: Viewer, actions: Iterable[str], instance: Page
    ) -> bool:
        if _is_behind(instance, _closed_doors_in_admin(user)):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> models.QuerySet:
        return self._within_reach(user, super().instances_user_has_any_permission_for(user, actions))

    def explorable_instances(self, user: Viewer) -> models.QuerySet:
        return self._within_reach(user, super().explorable_instances(user))

    @staticmethod
    def _within_reach(user: Viewer, pages: models.QuerySet) -> models.QuerySet:
        return _outside(pages, _closed_doors_in_admin(user))


class PortalCollectionPolicy(CollectionOwnershipPermissionPolicy):
    """Which pictures and documents the admin shows to somebody: none of a collection closed to them."""

    def _check_perm(self, user: Viewer, actions: Iterable[str], collection: Collection | None = None) -> bool:
        if collection is not None and _is_behind(collection, _closed_collections_in_admin(user)):
            return False
        return super()._check_perm(user, actions, collection)

    def _collections_with_perm(self, user: Viewer, actions: Iterable[str]) -> models.QuerySet:
        return _outside(super()._collections_with_perm(user, actions), _closed_collections_in_admin(user))


def is_closed_in_admin(user: Viewer, page: Page) -> bool:
    """Whether `page`, draft or live, is out of reach of `user` in the admin."""
    return _is_behind(page, _closed_doors_in_admin(user))


def is_closed_file_in_admin(user: Viewer, file: CollectionMember) -> bool:
    """Whether a picture or document is out of reach of `user` in the admin."""
    closed = _closed_collections_in_admin(user)
    return bool(closed) and _is_behind(file.collection, closed)


def edits_pages(user: Viewer) -> bool:
    """Whether `user` works on any page of the site."""
    return PagePermissionPolicy(Page).user_has_any_permission(user, PAGE_RIGHTS)


def reaches_every_page(user: Viewer) -> bool:
    """Whether no door is closed to `user`, so that figures about all pages tell them nothing new."""
    return not _closed_doors_in_admin(user)


def _closed_doors_in_admin(user: Viewer) -> list[Door]:
    """Return the doors closed to `user`, looked up once for each request, like Wagtail's permissions."""
    if not hasattr(user, "_closed_doors"):
        user._closed_doors = _without_own_drafts(user, closed_doors(user))
    return user._closed_doors


def _without_own_drafts(user: Viewer, closed: list[Door]) -> list[Door]:
    """Return the doors without those on pages that `user` has made and nobody has published yet.

    Whoever closes a draft of their own to others goes on writing it.
    """
    if not closed or not user.is_authenticated or not user.is_active:
        return closed
    drafts = Page.objects.filter(owner=user, live=False, first_published_at=None)
    own = set(drafts.filter(path__in=[door.path for door in closed]).values_list("path", flat=True))
    return closed_doors(user, [door for door in load_doors() if door.path not in own]) if own else closed


def _closed_collections_in_admin(user: Viewer) -> list[Door]:
    """Return the doors of collections closed to `user`, looked up once for each request."""
    if not hasattr(user, "_closed_collections"):
        rows = CollectionViewRestriction.objects.values_list(
            "collection__path", "restriction_type", "pk", "groups"
        )
        user._closed_collections = closed_doors(user, _gather(("", *row) for row in rows))
    return user._closed_collections


def _is_behind(place: Page | Collection, doors: Iterable[Door]) -> bool:
    return any(door.is_before(place.path) for door in doors)


def _outside(places: models.QuerySet, doors: Iterable[Door]) -> models.QuerySet:
    for door in doors:
        places = places.exclude(path__startswith=door.path)
    return places


def _are_implied(doors: Iterable[Door], passed: Iterable[Door]) -> bool:
    return all(any(door.is_implied_by(other) for other in passed) for door in doors)


def _groups_of(viewer: Viewer) -> frozenset[int]:
    if not viewer.is_authenticated or viewer.is_superuser:
        return frozenset()
    if viewer is not current_viewer():
        return _read_groups(viewer)
    if not hasattr(viewer, "_group_keys"):  # whoever a request is answered for is asked once
        viewer._group_keys = _read_groups(viewer)
    return viewer._group_keys


def _read_groups(viewer: Viewer) -> frozenset[int]:
    return frozenset(viewer.groups.values_list("pk", flat=True))
