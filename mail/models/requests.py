"""What somebody who is not known to us yet asked to be sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailRequest(models.Model):
    """Somebody typed an address and asked for a message of a kind to be sent there.

    It is written down whether or not the address is known, so that the answer takes the same time; who they
    are is looked up when mail is sent. The address is forgotten then, and the row a day later. `about` is
    what they asked it for, in the words of the app whose kind it is.
    """

    kind = models.CharField(_("kind"), max_length=40)
    address = models.EmailField(_("email address"), blank=True)
    about = models.CharField(_("about"), max_length=40, blank=True)
    network_digest = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for a message")
        verbose_name_plural = _("requests for messages")
        default_permissions = ()
        # The limit of a network. What waits needs no index of its own: rows live for a day.
        indexes = [models.Index(fields=["network_digest", "-asked_at"], name="mail_request_network")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.asked_at:%Y-%m-%d})"
