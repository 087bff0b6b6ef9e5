"""Where in the tree of pages somebody has a right over what people say."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.models import Page

from portal.permissions import Viewer


@dataclass(frozen=True)
class Sections:
    """The places in the tree where a right holds: below these `paths`, or everywhere where they are None."""

    paths: frozenset[str] | None

    def hold(self, page: Page) -> bool:
        """Whether `page` stands in one of them."""
        return self.paths is None or any(page.path.startswith(path) for path in self.paths)

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
    """Return where `user` has `permission` (`app_label.codename`): asked once for each person in memory.

    A group gives its rights in its own sections (`GroupSection`), or everywhere where it has none; whoever is
    in several groups has the rights of each. A right that somebody has without a group holds everywhere.
    """
    if not user.has_perm(permission):
        return NOWHERE
    if getattr(user, "is_superuser", False):
        return EVERYWHERE
    known = user.__dict__.setdefault("_sections_of_rights", {})
    if permission not in known:
        known[permission] = sections_of_each([user.pk], permission)[user.pk]
    return known[permission]


def sections_of_each(people: Collection[int], permission: str) -> dict[int, Sections]:
    """Return where each of `people`, who have `permission`, have it: for all of them in one query."""
    label, codename = permission.split(".")
    giving = Group.objects.filter(
        user__in=people, permissions__content_type__app_label=label, permissions__codename=codename
    )
    found: dict[int, Sections] = {}
    for person, section, path in giving.values_list("user", "sections", "sections__page__path"):
        paths = frozenset() if path is None else frozenset({path})
        one = EVERYWHERE if section is None else Sections(paths)
        found[person] = found.get(person, NOWHERE) | one
    return {person: found.get(person, EVERYWHERE) for person in people}
