"""The outbox: what is to be told to whom, and where each message stands."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mail.models.preferences import MailFrequency
from people.models import Participant


def random_mail_id() -> str:
    """Return an identifier of 128 bits that tells nothing of how much mail there is."""
    return secrets.token_hex(16)


class MailStatus(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    SENT = "sent", pgettext_lazy("mail", "sent")
    DROPPED = "dropped", pgettext_lazy("mail", "no longer to be sent")
    DEAD = "dead", pgettext_lazy("mail", "given up")


class OutgoingMail(models.Model):
    """One thing to tell one participant, committed with what caused it.

    It keeps what kind of message it is, for whom, and the row that caused it, never the text: that is
    written when the message is sent, from what may then be read. Messages of one `bundle` go out together,
    as a digest. `public_id` makes the Message-ID, so that a duplicate is recognised as one.
    """

    public_id = models.CharField(
        _("identifier"), max_length=32, unique=True, default=random_mail_id, editable=False
    )
    kind = models.CharField(_("kind"), max_length=40)
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        related_name="mail",
    )
    cause_id = models.BigIntegerField(_("cause"), null=True, blank=True)
    bundle = models.CharField(_("digest"), max_length=10, choices=MailFrequency.choices, blank=True)

    status = models.CharField(
        _("status"), max_length=10, choices=MailStatus.choices, default=MailStatus.QUEUED
    )
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    fault = models.CharField(_("last fault"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing mail")
        default_permissions = ("view",)
        permissions = [("resend_outgoingmail", _("Can send messages again that were given up"))]
        ordering = ["-queued_at", "-pk"]
        indexes = [
            # What is due: of all that was ever sent, the index holds only what waits.
            models.Index(fields=["due_at", "id"], condition=Q(status="queued"), name="mail_outgoing_queue"),
            # Who is told of something already, asked whenever somebody is to be told.
            models.Index(fields=["participant", "kind", "-queued_at"], name="mail_outgoing_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_outgoing_sent_date", condition=~Q(status="sent") | Q(sent_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} – {self.get_status_display()}"
