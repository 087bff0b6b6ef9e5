"""Who may read a page, as it stands and as it would stand elsewhere."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.permissions.restrictions import (
    Restriction,
    Viewer,
    covering,
    is_restricted_by,
    load_restrictions,
    outside,
    restrictions_against,
    without_own_drafts,
)


class Audience(models.TextChoices):
    """Who a page is for."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")


def reachable_pages[Pages: models.QuerySet](queryset: Pages, viewer: Viewer) -> Pages:
    """Return the pages of `queryset`, drafts included, from which no restriction keeps `viewer` out.

    For the admin, where drafts are at home; readers are served by `visible_pages`.
    """
    return outside(queryset, without_own_drafts(viewer, restrictions_against(viewer)))


def visible_pages[Pages: models.QuerySet](
    queryset: Pages, viewer: Viewer, restrictions: Iterable[Restriction] | None = None
) -> Pages:
    """Return the live pages of `queryset` that `viewer` may read."""
    return outside(queryset, restrictions_against(viewer, restrictions)).filter(live=True)


def can_read_page(viewer: Viewer, page: Page, restrictions: Iterable[Restriction] | None = None) -> bool:
    """Whether `viewer` may read `page` as it stands now."""
    return page.live and not is_restricted_by(page, restrictions_against(viewer, restrictions))


def title_for(viewer: Viewer) -> Case:
    """Return, for a query of rows with a `page`, its title: empty where `viewer` may not read it."""
    readable = Q(page__live=True)
    for restriction in restrictions_against(viewer):
        readable &= ~Q(page__path__startswith=restriction.path)
    return Case(When(readable, then=F("page__title")), default=Value(""))


def audience_of(page: Page, restrictions: Iterable[Restriction] | None = None) -> Audience:
    """Return who `page` is for. A page that is not yet in the tree has no audience but the public's."""
    restrictions = load_restrictions() if restrictions is None else restrictions
    return Audience.INTERNAL if is_restricted_by(page, restrictions) else Audience.PUBLIC


def readers_are_within(page: Page, source: Page, restrictions: Iterable[Restriction] | None = None) -> bool:
    """Whether everybody whom the restrictions of `page` admit is admitted by those of `source` too.

    Only restrictions are compared: whether either page is live is a question of its own.
    """
    restrictions = load_restrictions() if restrictions is None else list(restrictions)
    return _are_implied(covering(source, restrictions), covering(page, restrictions))


def within_readers_of[Pages: models.QuerySet](
    queryset: Pages, source: Page, restrictions: Iterable[Restriction] | None = None
) -> Pages:
    """Return the pages of `queryset`, drafts included, of which `readers_are_within` those of `source`."""
    restrictions = load_restrictions() if restrictions is None else list(restrictions)
    for restriction in covering(source, restrictions):
        implying = Q()
        for other in restrictions:
            if restriction.is_implied_by(other):
                implying |= Q(path__startswith=other.path)
        queryset = queryset.filter(implying)
    return queryset


def readers_stay_within(
    page: Page, destination: Page, restrictions: Iterable[Restriction] | None = None
) -> bool:
    """Whether `page`, set below `destination`, would be read by nobody who may not read it now.

    Restrictions on the page itself, and further down, go along with it.
    """
    restrictions = load_restrictions() if restrictions is None else list(restrictions)
    left_behind = [one for one in covering(page, restrictions) if one.path != page.path]
    own = [one for one in restrictions if one.path == page.path]
    return _are_implied(left_behind, [*covering(destination, restrictions), *own])


def copy_stays_among_readers(
    page: Page,
    destination: Page,
    *,
    is_recursive: bool = False,
    is_translation: bool = False,
    restrictions: Iterable[Restriction] | None = None,
) -> bool:
    """Whether a copy of `page` below `destination` would be read by nobody who may not read the original.

    A recursive copy answers for every page below `page` as well. Translations come with the
    restrictions of their original; other copies come without.
    """
    restrictions = load_restrictions() if restrictions is None else list(restrictions)
    below = [one for one in restrictions if is_recursive and one.is_below(page.path)]
    taken_along = [one for one in restrictions if is_translation and one.path == page.path]
    before = [*covering(page, restrictions), *below]
    return _are_implied(before, [*covering(destination, restrictions), *taken_along])


def _are_implied(before: Iterable[Restriction], after: list[Restriction]) -> bool:
    """Whether each restriction that held before is implied by one that holds after."""
    # One by one is enough: what none of them implies by itself, they do not imply together, for somebody may
    # belong to a group of each of them and to none of its own.
    return all(any(restriction.is_implied_by(other) for other in after) for restriction in before)
