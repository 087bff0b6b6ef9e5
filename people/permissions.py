"""Who may do what with the accounts of others."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db.models import Q, QuerySet

from people.groups import names_of_own_groups
from people.models import NameShape, Participant, User
from people.names import could_be_taken_for
from portal.models import PortalSettings
from portal.permissions import Viewer


def viewer_of(participant: Participant) -> Viewer:
    """Return as whom a participant reads the portal."""
    return participant.user or AnonymousUser()


@dataclass(frozen=True)
class PersonPermissions:
    """What `user` may do with somebody's account: never more than they may do themselves."""

    user: User

    def can_change(self, person: User) -> bool:
        return self._keeps(person)

    def can_change_sign_in(self, person: User) -> bool:
        """Whether they may choose with which name, address and password `person` signs in."""
        # Whoever chooses it can sign in as that person, with all that they may do.
        if self.user.is_superuser or person == self.user:
            return True
        others = person.groups.exclude(pk__in=self.user.groups.values("pk"))
        return self._keeps(person) and not others.exists() and self._has_all(person.user_permissions.all())

    def can_make_administrators(self) -> bool:
        return self.user.is_active and self.user.is_superuser

    def groups_to_give(self) -> QuerySet[Group]:
        """Return the groups into which they may let somebody: those that they are in themselves."""
        return Group.objects.all() if self.can_make_administrators() else self.user.groups.all()

    def can_end_sessions(self, person: User) -> bool:
        return self._keeps(person)

    def can_reset_factors(self, person: User) -> bool:
        # One's own are changed in one's account, where they are asked for.
        return person != self.user and self._keeps(person)

    def _has_all(self, permissions: QuerySet[Permission]) -> bool:
        return not permissions.exclude(pk__in=permissions_of(self.user).values("pk")).exists()

    def _keeps(self, person: User) -> bool:
        if not self.user.is_active or not self.user.has_perm("people.change_user"):
            return False
        # Administrators are kept by administrators alone.
        return self.user.is_superuser or not person.is_superuser


def can_be_called(typed: str) -> bool:
    """Whether a visitor may appear under a name: not where it passes for somebody or something of ours."""
    return not taken_names([typed])


def taken_names(typed: Iterable[str]) -> frozenset[str]:
    """Return those of the names under which no visitor may appear: see `can_be_called`.

    Of people, roles and groups the database finds those few whose shapes they share (`NameShape`).
    """
    names, roles = set(typed), names_of_own_groups()
    organisation = PortalSettings.every_name()
    taken = {
        name for name in names if could_be_taken_for(name, people=(), organisation=organisation, roles=roles)
    }
    return frozenset(taken | NameShape.objects.find_worn(names - taken))


def permissions_of(user: User) -> QuerySet[Permission]:
    """Return the permissions that somebody has, and so may give to a group."""
    permissions = Permission.objects.all()
    if not user.is_active:
        return permissions.none()
    if user.is_superuser:
        return permissions
    return permissions.filter(Q(group__user=user) | Q(user=user)).distinct()
