"""Who may answer people who ask what is kept about them, or to be forgotten."""

from dataclasses import dataclass

from people.models import Participant
from portal.permissions import Viewer, reaches_every_page


@dataclass(frozen=True)
class PrivacyPermissions:
    """What `user` may do when somebody asks what is kept about them, or to be forgotten."""

    user: Viewer

    def can_answer(self) -> bool:
        # Policy: an export holds what was said on every page: no restriction may keep out who hands it over.
        return (
            self.user.is_active
            and self.user.has_perm("privacy.answer_privacy_request")
            and reaches_every_page(self.user)
        )

    def can_export(self, participant: Participant) -> bool:
        return self.can_answer() and self._keeps(participant)

    def can_erase(self, participant: Participant) -> bool:
        # Oneself is erased in one's own account, which asks for the password.
        return self.can_answer() and self._keeps(participant) and participant.user != self.user

    def can_correct_name(self, participant: Participant) -> bool:
        # Of somebody with an account, it is the account's.
        return self.can_answer() and participant.is_guest

    def _keeps(self, participant: Participant) -> bool:
        # Administrators are kept by administrators alone.
        return self.user.is_superuser or not (participant.user and participant.user.is_superuser)
