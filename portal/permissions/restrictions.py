"""Which view restrictions pages and collections have, and whom each of them keeps out.

A page's audience is Wagtail's own view restriction: it closes a page and everything below it to those whom it
does not admit. Restrictions are remembered (`portal.editions`): asking costs one query for the edition, once
in a request, and one for the groups of a signed-in viewer.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, Collection, Page, PageViewRestriction

from portal.editions import remember

if TYPE_CHECKING:  # a name for the checker: when the portal runs, nothing here knows `people`
    from people.models import User

type Viewer = User | AnonymousUser  # `request.user`


@dataclass(frozen=True)
class Restriction:
    """A view restriction of Wagtail's as a value: its page (`path`, `url_path`), and whom it admits."""

    path: str
    kind: str
    groups: frozenset[int]
    url_path: str = field(default="", compare=False)

    def covers(self, path: str) -> bool:
        return path.startswith(self.path)

    def is_below(self, path: str) -> bool:
        return self.path.startswith(path)

    def admits(self, viewer: Viewer, groups: frozenset[int]) -> bool:
        if not viewer.is_active:
            return False
        if viewer.is_superuser:
            return True
        if self.kind == BaseViewRestriction.LOGIN:
            return viewer.is_authenticated
        # Shared passwords are switched off: a restriction that still asks for one admits nobody.
        return self.kind == BaseViewRestriction.GROUPS and bool(self.groups & groups)

    def is_implied_by(self, other: "Restriction") -> bool:
        """Whether everybody whom `other` admits is admitted by this one too."""
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


def load_restrictions() -> list[Restriction]:
    """Return every view restriction of the site, remembered for as long as none of them changes."""
    return list(remember(("restrictions",), _read_restrictions))


def goes_with_its_page(origin: models.Model | models.QuerySet | None) -> bool:
    """Whether a restriction is deleted because its page is (`origin`): then it closes nothing any more."""
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    return issubclass(model, Page)


def _read_restrictions() -> list[Restriction]:
    return gather_restrictions(
        PageViewRestriction.objects.values_list(
            "page__url_path", "page__path", "restriction_type", "pk", "groups"
        )
    )


def gather_restrictions(rows: Iterable[tuple[str, str, str, int, int | None]]) -> list[Restriction]:
    """Return the restrictions of which `rows` hold a line for each of their groups."""
    found: dict[tuple[str, str, str, int], set[int | None]] = {}
    for url_path, path, kind, pk, group in rows:
        found.setdefault((path, url_path, kind, pk), set()).add(group)
    return [
        Restriction(path, kind, frozenset(group for group in groups if group), url_path)
        for (path, url_path, kind, _pk), groups in found.items()
    ]


def restrictions_against(
    viewer: Viewer, restrictions: Iterable[Restriction] | None = None
) -> list[Restriction]:
    """Return the restrictions that keep `viewer` out, without those below another of them."""
    restrictions = load_restrictions() if restrictions is None else list(restrictions)
    groups = groups_of(viewer) if any(one.groups for one in restrictions) else frozenset()
    closed = [one for one in restrictions if not one.admits(viewer, groups)]
    # Treebeard's paths sort a page before everything below it, so that one look back is enough.
    closed.sort(key=lambda one: one.path)
    outermost: list[Restriction] = []
    for restriction in closed:
        if not outermost or not outermost[-1].covers(restriction.path):
            outermost.append(restriction)
    return outermost


def without_own_drafts(user: Viewer, closed: list[Restriction]) -> list[Restriction]:
    """Return the restrictions without those of pages that `user` has made and nobody has published yet.

    Whoever closes a draft of their own to others goes on writing it.
    """
    if not closed or not user.is_authenticated or not user.is_active:
        return closed
    drafts = Page.objects.filter(owner=user, live=False, first_published_at=None)
    own = set(drafts.filter(path__in=[one.path for one in closed]).values_list("path", flat=True))
    if not own:
        return closed
    # Asked anew, not only filtered: `closed` has the outermost alone, and another may be below an own draft.
    return restrictions_against(user, [one for one in load_restrictions() if one.path not in own])


def covering(place: Page, restrictions: Iterable[Restriction]) -> list[Restriction]:
    """Return those of `restrictions` that hold for `place`: its own, and those further up."""
    return [one for one in restrictions if one.covers(place.path)]


def is_restricted_by(place: Page | Collection, restrictions: Iterable[Restriction]) -> bool:
    return any(restriction.covers(place.path) for restriction in restrictions)


def outside[Places: models.QuerySet](places: Places, restrictions: Iterable[Restriction]) -> Places:
    for restriction in restrictions:
        places = places.exclude(path__startswith=restriction.path)
    return places


def groups_of(viewer: Viewer) -> frozenset[int]:
    """Return the keys of the groups that `viewer` belongs to; none of an administrator, who needs none."""
    if not viewer.is_authenticated or viewer.is_superuser:
        return frozenset()
    # Kept on the viewer of the request alone: another may live for longer than their groups stay the same.
    if viewer is not current_viewer():
        return _read_groups(viewer)
    return once_for(viewer, "_group_keys", lambda: _read_groups(viewer))


def once_for[Found](viewer: Viewer, name: str, find: Callable[[], Found]) -> Found:
    """Return what `find` finds, looked up once and kept on `viewer`, who lives as long as the request."""
    if not hasattr(viewer, name):
        setattr(viewer, name, find())
    return getattr(viewer, name)


def let_belong(viewer: Viewer, groups: frozenset[int]) -> None:
    """Let somebody who is only imagined, and stands in no table, belong to groups in their request."""
    once_for(viewer, "_group_keys", lambda: groups)


def _read_groups(viewer: Viewer) -> frozenset[int]:
    return frozenset(viewer.groups.values_list("pk", flat=True))
