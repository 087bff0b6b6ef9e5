"""The log of screening and moderation: one row for each act, never changed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Site

from dialogue.models import Comment, CommentEvent, CommentStatus, ConversationSettings
from moderation.models.reasons import NAME, RULES, TITLE, Reason, fill_message
from moderation.models.settings import ModerationSettings
from moderation.querysets import DecisionQuerySet
from moderation.screening.registry import explain
from moderation.screening.signals import Signal
from portal.editions import remember
from portal.models import AppendOnlyModel

REASON_TEXT_MAX_LENGTH = 500


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
    UPHOLD = "uphold", pgettext_lazy("decision", "upheld after an appeal")
    LANGUAGE = "language", pgettext_lazy("decision", "language of the words corrected")

    @property
    def needs_reason(self) -> bool:
        """Whether the person concerned is owed a reason."""
        return self in VERBS_WITH_REASON

    @property
    def is_about_edit(self) -> bool:
        """Whether it decides on a change, and leaves the comment where it stands."""
        return self in VERBS_ABOUT_EDITS


# What a moderator may do with a comment as it stands; a change that waits and flags are decided on beside.
VERBS_FOR = {
    CommentStatus.HELD: (Verb.PUBLISH, Verb.REJECT),
    CommentStatus.PUBLISHED: (Verb.HIDE,),
    CommentStatus.REJECTED: (Verb.PUBLISH,),
    CommentStatus.HIDDEN: (Verb.RESTORE,),
}
VERBS_WITH_REASON = frozenset({Verb.REJECT, Verb.HIDE, Verb.REFUSE})
# Where the comment stands is left as it is.
VERBS_WITHOUT_EVENT = ("hold", "hold_edit", "keep", "uphold")
VERBS_ABOUT_EDITS = frozenset({Verb.HOLD_EDIT, Verb.ACCEPT, Verb.REFUSE})


class Rule(models.TextChoices):
    """Why screening held or published a comment by itself."""

    GUEST = "guest", _("comments of guests are held here")
    SIGNALS = "signals", _("screening noticed something unusual")
    HOLD_ALL = "hold_all", _("every comment is held here")
    CLOSED_HOURS = "closed_hours", _("nobody moderates at this hour")
    FIRST_TIMER = "first_timer", _("nothing by this person has been published yet")
    ORGANISATION = "organisation", _("speaks for the organisation")
    KNOWN_PERSON = "known_person", _("this person has been published before")
    SIGNED_IN = "signed_in", _("comments of signed-in people are published here")
    ANYBODY = "anybody", _("comments of anybody are published here")


# What the author is told of it, in general: what exactly was noticed would say how to write around it.
TOLD_TO_AUTHOR = {
    Rule.HOLD_ALL: _("Here every comment is read first."),
    Rule.GUEST: _("Here what guests write is read first."),
    Rule.CLOSED_HOURS: _("It came at an hour when no moderator is there; it is read when they are back."),
    Rule.FIRST_TIMER: _("Here what somebody writes for the first time is read first."),
    Rule.SIGNALS: _("Something about it let us look first; that happens to good comments too."),
}


def rules_address(site: Site | None) -> str:
    """Return the whole address of the rules of the conversation in the language in force; empty without."""
    page_id = ConversationSettings.for_site(site).rules_page_id if site else None
    if not page_id:
        return ""

    def find() -> str:
        page = Page.objects.filter(pk=page_id, live=True).first()
        return (page.localized.full_url or "") if page else ""

    return str(remember(("address of rules", page_id), find))


class Decision(AppendOnlyModel):
    """One act: who or which rule, what, when, why, and on which version of the comment.

    Either a person (`by`) or a `rule` decided, never both. A rejected or hidden comment always has a reason,
    and so has a refused change. What became of the comment its `event` says; to hold what waits already, to
    keep what readers read and to uphold what was decided changes nothing and has none. `DecisionSeal` holds
    its place in the log.
    """

    forgettable = frozenset({"reason_text", "note"})

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
    risk = models.PositiveSmallIntegerField(_("risk"), default=0)  # of 100: what the signals weigh together
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
        indexes = [
            # The register and the export, latest first.
            models.Index(F("decided_at").desc(), F("id").desc(), name="moderation_decision_log"),
            # What somebody decided, likewise; of the rules nobody asks that.
            models.Index(
                fields=["by", "-decided_at", "-id"],
                condition=Q(by__isnull=False),
                name="moderation_decision_own",
            ),
        ]
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
                condition=Q(verb__in=VERBS_WITHOUT_EVENT, event__isnull=True)
                | (~Q(verb__in=VERBS_WITHOUT_EVENT) & Q(event__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} – {self.decider}"

    @property
    def is_about_edit(self) -> bool:
        """Whether it decides on a change, and leaves the comment where it stands."""
        return Verb(self.verb).is_about_edit

    @property
    def is_about_status(self) -> bool:
        """Whether it says where the comment stands; `DecisionQuerySet.about_status` says the same of many."""
        return not self.is_about_edit and self.verb not in {Verb.UPHOLD, Verb.LANGUAGE}

    @property
    def open_to_appeal_until(self) -> datetime | None:
        """Until when its author may appeal against it; None where nobody may, or has already."""
        if self.verb not in {Verb.REJECT, Verb.HIDE} or self.by_id is None or hasattr(self, "appeal"):
            return None
        days = ModerationSettings.for_site(self.comment.page.get_site()).appeal_days
        until = self.decided_at + timedelta(days=days)
        return until if timezone.now() < until else None

    @property
    def message_to_author(self) -> str:
        """What the site tells of the reason, in the language in force; it names the page."""
        if not self.reason_code:
            return ""
        page, site = self.comment.page, self.comment.page.get_site()
        values = {NAME: self.comment.author_name, TITLE: page.title, RULES: rules_address(site)}
        return fill_message(ModerationSettings.for_site(site).message_of(self.reason_code), values)

    @property
    def is_by_rule(self) -> bool:
        return self.by_id is None

    @property
    def decider(self) -> str:
        """The person's name, or the word for screening."""
        return self.by.display_name if self.by else str(pgettext_lazy("decided by", "screening"))

    @property
    def told_to_author(self) -> str:
        """Why screening held it, in general; nothing where a person decided, or it was published."""
        return str(TOLD_TO_AUTHOR.get(Rule(self.rule), "")) if self.rule else ""

    @property
    def noticed(self) -> list[Signal]:
        """What the rules of screening noticed, what weighs most first."""
        return [Signal.from_json(kept) for kept in self.signals]

    @property
    def explanation(self) -> str:
        """Why, in words: the rule and what screening noticed, or what the author was told."""
        if self.is_by_rule:
            return "; ".join([self.get_rule_display(), *map(explain, self.noticed)])
        return " – ".join(part for part in (self.get_reason_code_display(), self.reason_text) if part)
