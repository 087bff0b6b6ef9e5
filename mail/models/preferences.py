"""What each participant wishes to be told of, and how often."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Participant

DIGEST_HOUR = 7  # of the site's own clock: a digest lies there before the working day
MONDAY = 0


class ChoicePlace(models.TextChoices):
    """Where somebody said what they wish, or agree to."""

    FORM = "form", _("the comment form")
    CHANGE = "change", _("the form to change a comment")
    PAGE = "page", _("the personal page")
    ACCOUNT = "account", _("the account")
    MAIL = "mail", _("the link in a message")
    FOLLOW = "follow", _("the page to follow a conversation")


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
    """How often one participant is told of one topic; the register of consents says in which words.

    No row means: never asked, so never told, but of topics that are told unasked.
    """

    participant = models.ForeignKey(
        Participant,
        verbose_name=_("participant"),
        on_delete=models.CASCADE,
        related_name="mail_preferences",
    )
    topic = models.CharField(_("topic"), max_length=20)
    frequency = models.CharField(_("how often"), max_length=10, choices=MailFrequency.choices)
    chosen_at = models.DateTimeField(_("chosen at"), default=timezone.now)

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        default_permissions = ("view",)
        # One answer each, found by the pair whenever somebody is to be told.
        constraints = [models.UniqueConstraint(fields=["participant", "topic"], name="mail_preference_topic")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.topic}, {self.get_frequency_display()}"
