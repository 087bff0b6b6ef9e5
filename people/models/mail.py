"""What people are told by mail: the outbox, what each of them wants, and who is written to no more."""

import secrets
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models.participants import Participant
from portal.digests import keyed_digest

DIGEST_HOUR = 7  # of the site's own clock: a digest lies there before the working day
MONDAY = 0


def random_mail_id() -> str:
    """Return an identifier of 128 bits that tells nothing of how much mail there is."""
    return secrets.token_hex(16)


class MailTopic(models.TextChoices):
    """What somebody may be told of, or not: each is agreed to, and stopped, by itself."""

    REPLIES = "replies", _("replies to my comments")
    OUTCOMES = "outcomes", _("what became of dialogues in which I spoke")
    FOLLOWS = "follows", _("new comments in the conversations that I follow")
    WAITING = "waiting", _("comments that wait for a moderator")


class MailFrequency(models.TextChoices):
    """How soon somebody is told."""

    IMMEDIATE = "immediate", _("at once")
    DAILY = "daily", _("once a day, in one message")
    WEEKLY = "weekly", _("once a week, in one message")
    NEVER = "never", _("never")

    def due_at(self, now: datetime) -> datetime:
        """Return when a message that is written down at `now` is to be sent."""
        if self == MailFrequency.IMMEDIATE:
            return now
        due = timezone.localtime(now).replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
        if due <= now:
            due += timedelta(days=1)
        if self == MailFrequency.WEEKLY:
            due += timedelta(days=(MONDAY - due.weekday()) % 7)
        return due


class MailPreference(models.Model):
    """What one participant agreed to be told of, in which words they were asked, and how often.

    No row means: never asked, so never told. Moderators alone are told without being asked of what waits.
    """

    participant = models.ForeignKey(
        Participant,
        verbose_name=_("participant"),
        on_delete=models.CASCADE,
        related_name="mail_preferences",
    )
    topic = models.CharField(_("topic"), max_length=20, choices=MailTopic.choices)
    frequency = models.CharField(_("how often"), max_length=10, choices=MailFrequency.choices)
    wording = models.CharField(_("wording agreed to"), max_length=20)
    chosen_at = models.DateTimeField(_("chosen at"), default=timezone.now)

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["participant", "topic"], name="people_preference_topic")
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.get_topic_display()}, {self.get_frequency_display()}"


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
            models.Index(fields=["due_at", "id"], condition=Q(status="queued"), name="people_mail_queue"),
            models.Index(fields=["participant", "kind", "-queued_at"], name="people_mail_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_mail_sent_date", condition=~Q(status="sent") | Q(sent_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} – {self.get_status_display()}"


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
        return keyed_digest("people.suppressed", address.strip().lower())
