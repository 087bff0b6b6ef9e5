"""The log of screening and moderation: one row for each act, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models import Comment, CommentStatus
from moderation.querysets import AppendOnly, DecisionQuerySet

REASON_TEXT_MAX_LENGTH = 500


class Verb(models.TextChoices):
    """What screening and moderators do with a comment."""

    HOLD = "hold", pgettext_lazy("decision", "held")
    PUBLISH = "publish", pgettext_lazy("decision", "published")
    REJECT = "reject", pgettext_lazy("decision", "rejected")
    HIDE = "hide", pgettext_lazy("decision", "hidden")
    RESTORE = "restore", pgettext_lazy("decision", "restored")

    @property
    def needs_reason(self) -> bool:
        """Whether the person concerned is owed a reason."""
        return self in VERBS_WITH_REASON


VERBS_WITH_REASON = frozenset({Verb.REJECT, Verb.HIDE})


class Rule(models.TextChoices):
    """Why screening held or published a comment by itself."""

    GUEST = "guest", _("comments of guests are held here")
    SIGNALS = "signals", _("the form noticed something unusual")
    HOLD_ALL = "hold_all", _("every comment is held here")
    FIRST_TIMER = "first_timer", _("nothing by this person has been published yet")
    ORGANISATION = "organisation", _("speaks for the organisation")
    KNOWN_PERSON = "known_person", _("this person has been published before")
    SIGNED_IN = "signed_in", _("comments of signed-in people are published here")


class Signal(models.TextChoices):
    """What the comment form may have noticed."""

    TOO_FAST = "too_fast", _("sent faster than anybody writes")
    HONEYPOT = "honeypot", _("filled in a field that people do not see")


class Reason(models.TextChoices):
    """Why a comment was rejected or hidden, in words that its author may read."""

    OFF_TOPIC = "off_topic", _("off topic")
    PERSONAL_ATTACK = "personal_attack", _("personal attack")
    ADVERTISING = "advertising", _("advertising")
    PERSONAL_INFORMATION = "personal_information", _("personal information about somebody")
    UNLAWFUL = "unlawful", _("unlawful content")
    DUPLICATE = "duplicate", _("duplicate of another comment")
    OTHER = "other", _("another reason")


class Decision(models.Model):
    """One act: who or which rule, what, when, why, and on which version of the comment.

    Either a person (`by`) or a `rule` decided, never both. A rejected or hidden comment always has a reason.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="decisions"
    )
    comment_version = models.PositiveIntegerField(_("version decided on"))
    verb = models.CharField(_("decision"), max_length=10, choices=Verb.choices)
    status_before = models.CharField(
        _("status before"), max_length=10, choices=CommentStatus.choices, blank=True
    )
    status_after = models.CharField(_("status after"), max_length=10, choices=CommentStatus.choices)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    rule = models.CharField(_("rule"), max_length=20, choices=Rule.choices, blank=True)
    signals = models.JSONField(_("signals"), default=list, blank=True)
    reason_code = models.CharField(_("reason"), max_length=30, choices=Reason.choices, blank=True)
    reason_text = models.TextField(_("explanation"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view",)
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(F("decided_at").desc(), F("id").desc(), name="moderation_decision_log")]
        constraints = [
            models.CheckConstraint(
                name="moderation_decision_decider",
                condition=(Q(by__isnull=True) & ~Q(rule="")) | Q(by__isnull=False, rule=""),
            ),
            models.CheckConstraint(
                name="moderation_decision_reason",
                condition=~Q(verb__in=["reject", "hide"]) | ~Q(reason_code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} – {self.decider}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnly("A decision is never changed: write another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly("A decision is never deleted.")

    @property
    def is_by_rule(self) -> bool:
        return self.by_id is None

    @property
    def decider(self) -> str:
        """The person's name, or the word for screening."""
        return self.by.display_name if self.by else str(pgettext_lazy("decided by", "screening"))

    @property
    def explanation(self) -> str:
        """Why, in words: the rule and what the form noticed, or the reason and the moderator's own words."""
        if self.is_by_rule:
            noticed = [str(dict(Signal.choices).get(signal, signal)) for signal in self.signals]
            return "; ".join([self.get_rule_display(), *noticed])
        return " – ".join(part for part in (self.get_reason_code_display(), self.reason_text) if part)
