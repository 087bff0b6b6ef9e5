"""Links that are mailed to a guest: each opens one thing, once, for a while."""

import hashlib
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.participants import Participant


class LinkPurpose(models.TextChoices):
    """What a link opens, and nothing else."""

    CONFIRM = "confirm", _("to confirm an address")
    PERSONAL = "personal", _("to open the personal page")
    FOLLOW = "follow", _("to follow a conversation")

    @property
    def lifetime(self) -> timedelta:
        """How long a link of this purpose can be used: one that shows more lives shorter."""
        return timedelta(minutes=10) if self == LinkPurpose.PERSONAL else timedelta(hours=24)


class MailLink(models.Model):
    """A link in a message. Only a digest of its token is kept, made with the purpose.

    So a copy of the database opens nothing, and a token of one purpose is none of another.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="mail_links"
    )
    purpose = models.CharField(_("purpose"), max_length=10, choices=LinkPurpose.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.created_at:%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        """Whether the link can still be used."""
        return self.used_at is None and self.expires_at > timezone.now()

    @staticmethod
    def digest_of(purpose: LinkPurpose, token: str) -> str:
        """Return what is kept of a token."""
        return hashlib.sha256(f"{purpose}:{token}".encode()).hexdigest()
