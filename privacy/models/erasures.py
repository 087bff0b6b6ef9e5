"""Who asked to be forgotten: what is needed to forget them again after a backup was restored."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Participant
from portal.digests import keyed_digest


class Erasure(models.Model):
    """One participant whose personal data was erased: who holds no more, and when.

    It names nobody: the participant is blank by then, and of the address only a keyed digest is kept, which
    tells in a restored backup that it is the same person.
    """

    participant = models.OneToOneField(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="erasure"
    )
    address_digest = models.CharField(max_length=64, editable=False)
    erased_at = models.DateTimeField(_("erased at"), default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        default_permissions = ("view",)
        permissions = [("answer_privacy_request", _("Can export and erase what is kept about a person"))]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.erased_at:%Y-%m-%d}"

    @staticmethod
    def digest_of(address: str) -> str:
        """Return what is kept of an address."""
        return keyed_digest("privacy.erased", address.strip().lower())
