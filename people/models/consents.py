"""What people agreed to, and took back: one row for each time, never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.participants import Participant


class ConsentKind(models.TextChoices):
    """What is agreed to: each by itself."""

    PUBLISH = "publish", _("to publish a comment")
    QUOTE = "quote", _("to quote a comment")
    ASK = "ask", _("to ask before quoting")
    REPLIES = "replies", _("to tell of replies")
    OUTCOMES = "outcomes", _("to tell of outcomes")
    FOLLOWS = "follows", _("to tell of conversations followed")

    @property
    def is_for_one_comment(self) -> bool:
        """Whether it is given for one comment alone; otherwise for whatever the person says."""
        return self in {ConsentKind.PUBLISH, ConsentKind.QUOTE}


class ConsentPlace(models.TextChoices):
    """Where it was given or taken back."""

    FORM = "form", _("the comment form")
    CHANGE = "change", _("the form to change a comment")
    PAGE = "page", _("the personal page")
    ACCOUNT = "account", _("the account")
    MAIL = "mail", _("the link in a message")
    FOLLOW = "follow", _("the page to follow a conversation")
    EARLIER = "earlier", _("carried over from before this register")


class Consent(models.Model):
    """One consent given, or taken back: by whom, to what, in which words and language, where, and when.

    The last row of a kind (for those of one comment, with that `cause_id`) is what somebody agrees to now:
    this table is the truth. `MailPreference` says beside it how often, and the columns `quote_…` of a comment
    repeat it where quotations are rendered; both are written in the same transaction as the row here, by
    `people.actions.choose_mail` and `dialogue.actions.consents`, and by nobody else. `cause_id` is the
    comment with which it was given, and `version` the version of its words.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="consents"
    )
    kind = models.CharField(_("consent"), max_length=10, choices=ConsentKind.choices)
    is_given = models.BooleanField(_("given"))
    wording = models.CharField(_("wording"), max_length=20)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    place = models.CharField(_("where"), max_length=10, choices=ConsentPlace.choices)
    cause_id = models.BigIntegerField(_("comment"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("date"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        default_permissions = ("view",)
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(fields=["participant", "kind", "-recorded_at"], name="people_consent_last"),
            models.Index(fields=["cause_id"], name="people_consent_cause"),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_consent_for_comment",
                condition=~models.Q(kind__in=["publish", "quote"]) | models.Q(cause_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.recorded_at:%Y-%m-%d})"
