"""Invitations to people who were quoted from elsewhere: that they may reply on the page that quotes them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.digests import keyed_digest


class ReplyInvitation(models.Model):
    """That the author of words from elsewhere was invited to reply to the page that quotes them.

    The address stands in the outbox alone, for as long as messages are kept there. Here is a keyed digest of
    it: nobody is invited twice to the same, and whoever wants no invitation (`refused_at`) gets none.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    block_id = models.CharField(_("block"), max_length=255)
    digest = models.CharField(max_length=64, editable=False, db_index=True)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to reply")
        verbose_name_plural = _("invitations to reply")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            # Two presses at once make one row, and so one message.
            models.UniqueConstraint(fields=["page", "block_id", "digest"], name="dialogue_invitation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.invited_at:%Y-%m-%d})"

    @staticmethod
    def digest_of(address: str) -> str:
        """Return what is kept of an address, however it is spelt."""
        return keyed_digest("dialogue.invitation", address.strip().lower())
