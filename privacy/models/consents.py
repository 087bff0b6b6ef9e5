"""What people agreed to, and took back: one row for each time, never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.models import ChoicePlace
from people.models import Participant
from privacy.consents import consent_kinds


class Consent(models.Model):
    """One consent given, or taken back: by whom, to what, in which words and language, where, and when.

    The last row of a kind (for those of one comment, with that `cause_id` and `item_id`) is what somebody
    agrees to now: this table is the truth. `MailPreference` says beside it how often, and the columns
    `quote_…` of a comment and `agreed_…` of a quotation are derived from it for where quotations are
    rendered; both are written in the same transaction as the row here, by `mail.actions.choose_mail` and
    `dialogue.actions.consents`, and by nobody else. `cause_id` is the comment with which it was given,
    `version` the version of its words, and `item_id` which of several things it was given for: a quotation.
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.CASCADE, related_name="consents"
    )
    kind = models.CharField(_("consent"), max_length=10)
    is_for_one_comment = models.BooleanField(editable=False)  # as its kind was when it was given
    is_given = models.BooleanField(_("given"))
    wording = models.CharField(_("wording"), max_length=20)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    place = models.CharField(_("where"), max_length=10, choices=ChoicePlace.choices)
    cause_id = models.BigIntegerField(_("comment"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    item_id = models.BigIntegerField(_("quotation"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("date"), default=timezone.now)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        default_permissions = ("view",)
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            # What somebody agreed to last, asked at every consent.
            models.Index(fields=["participant", "kind", "-recorded_at"], name="privacy_consent_last"),
            # What was agreed to with a comment: its quotation, its erasure.
            models.Index(fields=["cause_id"], name="privacy_consent_cause"),
        ]
        constraints = [
            models.CheckConstraint(
                name="privacy_consent_for_comment",
                condition=models.Q(is_for_one_comment=False) | models.Q(cause_id__isnull=False),
            ),
            models.CheckConstraint(
                name="privacy_consent_for_item",
                condition=models.Q(item_id__isnull=True) | models.Q(is_for_one_comment=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} ({self.recorded_at:%Y-%m-%d})"

    @property
    def kind_label(self) -> str:
        """What was agreed to, in the reader's language; the bare name where no app registers it any more."""
        kind = consent_kinds().get(self.kind)
        return str(kind.label) if kind else self.kind
