"""Addresses that are written to no more."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.digests import keyed_digest


class SuppressedAddress(models.Model):
    """An address that refused a message for good, or whose owner complained: nothing is sent there.

    Only a keyed digest of the address is kept, so that it outlives the person's erasure without naming them.
    """

    class Reason(models.TextChoices):
        """Why."""

        BOUNCE = "bounce", _("the address does not exist or refuses mail")
        COMPLAINT = "complaint", _("the message was reported as unwanted")

    digest = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    suppressed_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.suppressed_at:%Y-%m-%d})"

    @staticmethod
    def digest_of(address: str) -> str:
        """Return what is kept of an address, however it is spelt."""
        return keyed_digest("mail.suppressed", address.strip().lower())
