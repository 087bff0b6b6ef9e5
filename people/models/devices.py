"""Trusted devices: browsers in which a guest has shown that an address is theirs, for a while."""

import hashlib
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.browsers import InBrowser
from people.models.participants import Participant

DEVICE_LIFETIME = timedelta(days=30)
VISIT_LIFETIME = timedelta(minutes=30)  # how long the personal page stays open


class DeviceQuerySet(models.QuerySet):
    """Devices, by what is asked of them."""

    def valid(self) -> "DeviceQuerySet":
        """Devices that are trusted for their participant now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())


class Device(InBrowser):
    """A browser in which a guest has shown that the address is theirs. Its cookie is kept as a digest only.

    Until `expires_at` it is trusted: what is sent from it is the guest's. The personal page is open in it
    until `page_closes_at`, where that is set.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="devices"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    page_closes_at = models.DateTimeField(_("personal page closes at"), null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        default_permissions = ()
        ordering = ["-last_used_at", "-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def has_open_page(self) -> bool:
        """Whether the personal page may be read in this browser now."""
        return self.is_valid and self.page_closes_at is not None and self.page_closes_at > timezone.now()

    @staticmethod
    def digest_of(token: str) -> str:
        """Return what is kept of the cookie."""
        # The prefix keeps it apart from mailed links: a token of the one is none of the other.
        return hashlib.sha256(f"device:{token}".encode()).hexdigest()
