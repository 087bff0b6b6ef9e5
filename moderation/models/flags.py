"""What readers flag, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models import Comment
from moderation.querysets import FlagQuerySet
from moderation.screening.registry import sentence_of
from people.models import Participant

FLAG_TEXT_MAX_LENGTH = 1_000
WEIGHT = 20  # of a flag, of 100 points of risk: five weigh as much as can be
LIGHT = 5  # of a flag by somebody whose last flags were all dismissed


class FlagReason(models.TextChoices):
    """What a reader holds against a comment."""

    OFF_TOPIC = "off_topic", _("It is off topic")
    ATTACK = "attack", _("It insults or harasses somebody")
    PERSONAL_DATA = "personal_data", _("It tells personal things about somebody")
    ADVERTISING = "advertising", _("It is spam or advertising")
    FALSE = "false", _("It spreads false information")
    ILLEGAL = "illegal", _("It is illegal")
    OTHER = "other", _("Something else")


class FlagState(models.TextChoices):
    """Where a flag stands."""

    OPEN = "open", pgettext_lazy("flag", "open")
    UPHELD = "upheld", pgettext_lazy("flag", "upheld: the comment was removed")
    DISMISSED = "dismissed", pgettext_lazy("flag", "dismissed: the comment was kept")


class Flag(models.Model):
    """A reader's notice that one version of a comment breaks the rules: why, and who, as far as they said.

    A known person is the `participant`; anybody else gave `name` and `email`, or nothing. `person_digest`
    tells one from another, so that each flags a version once. Who flagged is for moderators alone to know.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="flags"
    )
    comment_version = models.PositiveIntegerField(_("version flagged"))
    reason_code = models.CharField(_("reason"), max_length=20, choices=FlagReason.choices)
    text = models.TextField(_("in their own words"), max_length=FLAG_TEXT_MAX_LENGTH, blank=True)
    law = models.TextField(_("which law, or why it is illegal"), max_length=FLAG_TEXT_MAX_LENGTH, blank=True)
    place = models.TextField(_("which words"), max_length=FLAG_TEXT_MAX_LENGTH, blank=True)
    # The one case in which the law lets whoever sends a notice say nothing of who they are.
    concerns_children = models.BooleanField(_("said to be about sexual abuse of children"), default=False)
    is_in_good_faith = models.BooleanField(_("said to be in good faith"), default=False)
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("participant"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="flags",
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    wants_result = models.BooleanField(_("asked to be told the result"), default=False)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    person_digest = models.CharField(max_length=64, editable=False)
    network_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Of the ticket of the form: what comes again from the same form takes the place of what came before.
    form_digest = models.CharField(max_length=64, blank=True, editable=False)
    # In the order of work; it is never nothing, for the next flag may be right.
    weight = models.PositiveSmallIntegerField(default=WEIGHT, editable=False)
    signals = models.JSONField(_("signals"), default=list, blank=True)

    flagged_at = models.DateTimeField(_("flagged at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=FlagState.choices, default=FlagState.OPEN)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        default_permissions = ("view",)
        ordering = ["-flagged_at", "-pk"]
        indexes = [
            # Open ones are few; the other two serve the limits of a person and of a network.
            models.Index(fields=["comment"], condition=Q(state="open"), name="moderation_flag_open"),
            models.Index(fields=["person_digest", "-flagged_at"], name="moderation_flag_person"),
            models.Index(fields=["network_digest", "-flagged_at"], name="moderation_flag_network"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "comment_version", "person_digest"], name="moderation_flag_once"
            ),
            models.CheckConstraint(
                name="moderation_flag_settled",
                condition=Q(state="open", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_code_display()} – {self.get_state_display()}"

    @property
    def is_of_illegal(self) -> bool:
        """Whether it says that the comment is illegal: a notice, of whose receipt and outcome one is told."""
        return self.reason_code == FlagReason.ILLEGAL

    @property
    def is_light(self) -> bool:
        return self.weight < WEIGHT

    @property
    def flagger(self) -> str:
        """Who flagged, in the words that moderators know them by."""
        if self.participant:
            return self.participant.name
        return self.name or str(pgettext_lazy("who flagged", "somebody unknown"))

    @property
    def flagger_address(self) -> str:
        return self.participant.address if self.participant else self.email

    @property
    def noticed(self) -> list[str]:
        """What the form noticed, in words."""
        return [sentence_of(name) for name in self.signals]
