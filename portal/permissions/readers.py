"""Who may read a page, as it stands and as it would stand elsewhere."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.permissions.restrictions import (
    Door,
    Viewer,
    closed_doors,
    is_behind,
    load_doors,
    outside,
    without_own_drafts,
)


class Audience(models.TextChoices):
    """Who a page is for."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")


def reachable_pages[Pages: models.QuerySet](queryset: Pages, viewer: Viewer) -> Pages:
    """Return the pages of `queryset`, drafts included, that stand behind no door closed to `viewer`.

    For the admin, where drafts are at home; readers are served by `visible_pages`.
    """
    return outside(queryset, without_own_drafts(viewer, closed_doors(viewer)))


def visible_pages[Pages: models.QuerySet](
    queryset: Pages, viewer: Viewer, doors: Iterable[Door] | None = None
) -> Pages:
    """Return the live pages of `queryset` that `viewer` may read."""
    return outside(queryset, closed_doors(viewer, doors)).filter(live=True)


def can_read_page(viewer: Viewer, page: Page, doors: Iterable[Door] | None = None) -> bool:
    """Whether `viewer` may read `page` as it stands now."""
    return page.live and not is_behind(page, closed_doors(viewer, doors))


def title_for(viewer: Viewer) -> Case:
    """Return, for a query of rows with a `page`, its title: empty where `viewer` may not read it."""
    readable = Q(page__live=True)
    for door in closed_doors(viewer):
        readable &= ~Q(page__path__startswith=door.path)
    return Case(When(readable, then=F("page__title")), default=Value(""))


def audience_of(page: Page, doors: Iterable[Door] | None = None) -> Audience:
    """Return who `page` is for. A page that is not yet in the tree has no audience but the public's."""
    doors = load_doors() if doors is None else doors
    return Audience.INTERNAL if is_behind(page, doors) else Audience.PUBLIC


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


def _are_implied(doors: Iterable[Door], passed: Iterable[Door]) -> bool:
    return all(any(door.is_implied_by(other) for other in passed) for door in doors)
