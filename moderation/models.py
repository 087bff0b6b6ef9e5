"""What readers flag, and the log of screening and moderation: one row for each act, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models import Comment, CommentEvent
from moderation.querysets import DecisionQuerySet, FlagQuerySet
from people.models import Participant
from portal.models import AppendOnlyModel

REASON_TEXT_MAX_LENGTH = 500
FLAG_TEXT_MAX_LENGTH = 1_000


class Verb(models.TextChoices):
    """What screening and moderators do with a comment."""

    HOLD = "hold", pgettext_lazy("decision", "held")
    PUBLISH = "publish", pgettext_lazy("decision", "published")
    REJECT = "reject", pgettext_lazy("decision", "rejected")
    HIDE = "hide", pgettext_lazy("decision", "hidden")
    RESTORE = "restore", pgettext_lazy("decision", "restored")
    HOLD_EDIT = "hold_edit", pgettext_lazy("decision", "change held")
    ACCEPT = "accept", pgettext_lazy("decision", "change accepted")
    REFUSE = "refuse", pgettext_lazy("decision", "change refused")
    KEEP = "keep", pgettext_lazy("decision", "kept, though flagged")
    LANGUAGE = "language", pgettext_lazy("decision", "language of the words corrected")

    @property
    def needs_reason(self) -> bool:
        """Whether the person concerned is owed a reason."""
        return self in VERBS_WITH_REASON

    @property
    def is_about_edit(self) -> bool:
        """Whether it decides on a change, and leaves the comment where it stands."""
        return self in VERBS_ABOUT_EDITS


VERBS_WITH_REASON = frozenset({Verb.REJECT, Verb.HIDE, Verb.REFUSE})
VERBS_ABOUT_EDITS = frozenset({Verb.HOLD_EDIT, Verb.ACCEPT, Verb.REFUSE})


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


class Decision(AppendOnlyModel):
    """One act: who or which rule, what, when, why, and on which version of the comment.

    Either a person (`by`) or a `rule` decided, never both. A rejected or hidden comment always has a reason,
    and so has a refused change. What became of the comment its `event` says; to hold what waits already, and
    to keep what readers read, changes nothing and has none.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="decisions"
    )
    comment_version = models.PositiveIntegerField(_("version decided on"))
    verb = models.CharField(_("decision"), max_length=10, choices=Verb.choices)
    event = models.OneToOneField(
        CommentEvent,
        verbose_name=_("event of a comment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decision",
    )
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
    # What the author is told, word for word; and what colleagues alone are.
    reason_text = models.TextField(_("explanation"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)
    note = models.TextField(_("note for colleagues"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view",)
        ordering = ["-decided_at", "-pk"]
        # The register and the export, latest first.
        indexes = [models.Index(F("decided_at").desc(), F("id").desc(), name="moderation_decision_log")]
        constraints = [
            models.CheckConstraint(
                name="moderation_decision_decider",
                condition=(Q(by__isnull=True) & ~Q(rule="")) | Q(by__isnull=False, rule=""),
            ),
            models.CheckConstraint(
                name="moderation_decision_reason",
                condition=~Q(verb__in=["reject", "hide", "refuse"]) | ~Q(reason_code=""),
            ),
            models.CheckConstraint(
                name="moderation_decision_event",
                condition=Q(verb__in=["hold", "hold_edit", "keep"], event__isnull=True)
                | (~Q(verb__in=["hold", "hold_edit", "keep"]) & Q(event__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} – {self.decider}"

    @property
    def is_about_edit(self) -> bool:
        """Whether it decides on a change, and leaves the comment where it stands."""
        return Verb(self.verb).is_about_edit

    @property
    def is_by_rule(self) -> bool:
        return self.by_id is None

    @property
    def decider(self) -> str:
        """The person's name, or the word for screening."""
        return self.by.display_name if self.by else str(pgettext_lazy("decided by", "screening"))

    @property
    def explanation(self) -> str:
        """Why, in words: the rule and what the form noticed, or what the author was told."""
        if self.is_by_rule:
            noticed = [str(dict(Signal.choices).get(signal, signal)) for signal in self.signals]
            return "; ".join([self.get_rule_display(), *noticed])
        return " – ".join(part for part in (self.get_reason_code_display(), self.reason_text) if part)


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
        return [str(dict(Signal.choices).get(signal, signal)) for signal in self.signals]


class WaitingNotice(models.Model):
    """That something came in under a page and waits: all that is written of it in a visitor's request.

    `moderation.actions.tell_moderators` finds out whom to tell, and deletes what it has told.
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        # Read and deleted in the order of keys alone.
        db_index=False,
    )
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)

    class Meta:
        verbose_name = _("notice to moderators")
        verbose_name_plural = _("notices to moderators")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}"
