"""Who may do what with the accounts of others."""

from dataclasses import dataclass

from people.models import User


@dataclass(frozen=True)
class PersonPermissions:
    """What `user` may do with somebody's account."""

    user: User

    def can_end_sessions(self, person: User) -> bool:
        return self._keeps(person)

    def can_reset_factors(self, person: User) -> bool:
        # One's own are changed in one's account, where they are asked for.
        return person != self.user and self._keeps(person)

    def _keeps(self, person: User) -> bool:
        if not self.user.is_active or not self.user.has_perm("people.change_user"):
            return False
        # Administrators are kept by administrators alone.
        return self.user.is_superuser or not person.is_superuser
