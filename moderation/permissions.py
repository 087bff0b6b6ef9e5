"""Who may look at what screening and moderation keep. Who may decide on a comment, `dialogue` answers."""

from portal.permissions import Viewer


class ModerationPermissionTester:
    """What `user` may open; which rows they see there depends on the pages that they may read."""

    def __init__(self, user: Viewer) -> None:
        self.user = user

    def can_moderate(self) -> bool:
        return self.user.has_perm("dialogue.moderate_comment")

    def can_read_ledger(self) -> bool:
        return self.user.has_perm("dialogue.view_comment") or self.can_moderate()

    def can_read_decisions(self) -> bool:
        return self.user.has_perm("moderation.view_decision") or self.can_moderate()

    def can_read_consents(self) -> bool:
        # Policy: whoever decides on comments or features them sees what their authors agreed to.
        return (
            self.user.has_perm("people.view_consent")
            or self.user.has_perm("dialogue.feature_comment")
            or self.can_moderate()
        )

    def can_read_mail(self) -> bool:
        # Policy: who was written to is the administrators' business.
        return self.user.has_perm("people.view_outgoingmail")

    def can_resend_mail(self) -> bool:
        return self.user.has_perm("people.resend_outgoingmail")

    def can_read_featured(self) -> bool:
        # Policy: whoever features comments looks up what is featured.
        return (
            self.user.has_perm("dialogue.view_featuredcomment")
            or self.user.has_perm("dialogue.feature_comment")
            or self.can_moderate()
        )
