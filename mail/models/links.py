"""Links that are mailed to somebody: each opens one thing, a number of times, for a while."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Participant


@dataclass(frozen=True)
class LinkPurpose:
    """What a link opens, and nothing else; how long it can be used, and how many times.

    The app that mails such links has a constant for each purpose.
    """

    name: str
    lifetime: timedelta
    uses: int = 1


class MailLink(models.Model):
    """A link in a message. Only a digest of its token is kept, made with the purpose.

    So a copy of the database opens nothing, and a token of one purpose is none of another. `cause` is what it
    is about, in the words of the app that made it: links of one cause end together, and leave those of
    another alone. Empty, it is about whatever its owner has here.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="mail_links"
    )
    purpose = models.CharField(_("purpose"), max_length=20)
    cause = models.CharField(_("cause"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    uses_left = models.PositiveSmallIntegerField(_("uses left"), default=1)
    used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")
        default_permissions = ()
        # To end all links of one cause, whoever has them.
        indexes = [models.Index(fields=["purpose", "cause"], name="mail_link_cause")]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.created_at:%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        """Whether the link can still be used."""
        return self.uses_left > 0 and self.expires_at > timezone.now()

    @staticmethod
    def digest_of(purpose: LinkPurpose, token: str) -> str:
        """Return what is kept of a token."""
        return hashlib.sha256(f"{purpose.name}:{token}".encode()).hexdigest()
