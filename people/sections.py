"""Where in the tree of pages somebody has a right over what people say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.models import Page

from portal.editions import remember
from portal.permissions import Viewer, groups_of


@dataclass(frozen=True)
class Sections:
    """The places in the tree where a right holds: below these `paths`, or everywhere where they are None."""

    paths: frozenset[str] | None

    def hold(self, page: Page) -> bool:
        """Whether `page` stands in one of them."""
        return self.holds_path(page.path)

    def holds_path(self, path: str) -> bool:
        return self.paths is None or any(path.startswith(one) for one in self.paths)

    def __or__(self, other: "Sections") -> "Sections":
        return EVERYWHERE if self.paths is None or other.paths is None else Sections(self.paths | other.paths)

    def below(self, lookup: str) -> Q:
        """Return the condition that a page, whose path `lookup` leads to, stands in one of them."""
        if self.paths is None:
            return Q()
        condition = Q(pk__in=[])
        for path in sorted(self.paths):
            condition |= Q(**{f"{lookup}__startswith": path})
        return condition


EVERYWHERE = Sections(None)
NOWHERE = Sections(frozenset())


def sections_of(user: Viewer, permission: str) -> Sections:
    """Return where `user` has `permission` (`app_label.codename`).

    A group gives its rights in its own sections (`GroupSection`), or everywhere where it has none; whoever is
    in several groups has the rights of each. A right that somebody has without a group holds everywhere.
    """
    if not user.has_perm(permission):
        return NOWHERE
    if getattr(user, "is_superuser", False):
        return EVERYWHERE
    return _joined(groups_of(user), remember(("sections of groups", permission), lambda: _giving(permission)))


def sections_of_each(people: Collection[int], permission: str) -> dict[int, Sections]:
    """Return where each of `people`, who have `permission`, have it: for all of them in two queries."""
    groups: dict[int, set[int]] = {person: set() for person in people}
    for person, group in Group.objects.filter(user__in=people).values_list("user", "pk"):
        groups[person].add(group)
    giving = _giving(permission)
    return {person: _joined(theirs, giving) for person, theirs in groups.items()}


def _joined(groups: Collection[int], giving: Mapping[int, Sections]) -> Sections:
    """Return where any of `groups` gives a right; everywhere where none does, for somebody has it."""
    found = [giving[group] for group in groups if group in giving]
    return reduce(or_, found) if found else EVERYWHERE


def _giving(permission: str) -> dict[int, Sections]:
    """Return the groups that give `permission`, each with where."""
    label, codename = permission.split(".")
    giving = Group.objects.filter(permissions__content_type__app_label=label, permissions__codename=codename)
    found: dict[int, Sections] = {}
    for group, section, path in giving.values_list("pk", "sections", "sections__page__path"):
        paths: frozenset[str] = frozenset() if path is None else frozenset({path})
        one = EVERYWHERE if section is None else Sections(paths)
        found[group] = found.get(group, NOWHERE) | one
    return found
