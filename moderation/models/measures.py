"""Measures on people: what moderators do about somebody rather than about one comment (decision 40)."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from dialogue.models import Comment
from moderation.models.decisions import REASON_TEXT_MAX_LENGTH, Reason
from moderation.querysets import MeasureQuerySet
from people.models import Participant
from portal.formats import write_date


class MeasureKind(models.TextChoices):
    """What moderators do about somebody, from the mildest on."""

    WARNING = "warning", pgettext_lazy("measure", "warning")
    HOLDING = "holding", pgettext_lazy("measure", "every comment held")
    SUSPENSION = "suspension", pgettext_lazy("measure", "suspension")
    BAN = "ban", pgettext_lazy("measure", "ban")

    @property
    def is_silence(self) -> bool:
        """Whether the person may not speak while it is in force."""
        return self in SILENCES

    @property
    def may_end(self) -> bool:
        """Whether it lasts, until a day or until it is lifted; a warning is said once."""
        return self != MeasureKind.WARNING


SILENCES = frozenset({MeasureKind.SUSPENSION, MeasureKind.BAN})

# What the person is told: without a last day, and with one.
SENTENCES = {
    MeasureKind.WARNING: (
        _("A moderator asks you to keep to the rules of the conversation."),
        _("A moderator asks you to keep to the rules of the conversation."),
    ),
    MeasureKind.HOLDING: (
        _("From now on moderators read each of your comments before it is published."),
        _("Until the end of %(day)s moderators read each of your comments before it is published."),
    ),
    MeasureKind.SUSPENSION: (
        _("Moderators have decided that you no longer comment here."),
        _("Moderators have decided that you do not comment here until the end of %(day)s."),
    ),
    MeasureKind.BAN: (
        _("Moderators have decided that you no longer comment here."),
        _("Moderators have decided that you do not comment here until the end of %(day)s."),
    ),
}


class Reach(models.TextChoices):
    """Where in the site a measure is in force."""

    EVERYWHERE = "everywhere", _("everywhere, internal dialogues too")
    PUBLIC = "public", _("wherever everybody may read")
    SECTION = "section", _("in one section")


class Measure(models.Model):
    """One measure on a participant: what, why, where, from when until when, and by whom.

    It has the audience of the `comment` at which it was taken, as notes have. Without `ends_at` it is in
    force until somebody lifts it. Nothing of it is changed but that: `lifted_at`, `lifted_by`. It finds its
    person by the participant and by a digest of the address, which an erasure leaves (`blank_erased`).
    """

    participant = models.ForeignKey(
        Participant, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="measures"
    )
    address_digest = models.CharField(max_length=64, editable=False, db_index=True)
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="measures"
    )
    kind = models.CharField(_("measure"), max_length=10, choices=MeasureKind.choices)
    reach = models.CharField(_("where"), max_length=10, choices=Reach.choices)
    # Where it was deleted, the measure is in force nowhere.
    section = models.ForeignKey(
        Page, verbose_name=_("section"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason_code = models.CharField(_("reason"), max_length=30, choices=Reason.choices)
    # What the person is told, word for word; and what colleagues alone are.
    reason_text = models.TextField(_("explanation"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)
    note = models.TextField(_("note for colleagues"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), on_delete=models.PROTECT, related_name="+"
    )
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        default_permissions = ()
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="moderation_measure_reason", condition=~Q(reason_code="")),
            models.CheckConstraint(
                name="moderation_measure_end",
                condition=Q(kind="warning", ends_at__isnull=True)
                | Q(kind="suspension", ends_at__isnull=False, ends_at__gt=F("taken_at"))
                | (Q(kind__in=["holding", "ban"]) & (Q(ends_at__isnull=True) | Q(ends_at__gt=F("taken_at")))),
            ),
            models.CheckConstraint(
                name="moderation_measure_lifted",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.participant}"

    @property
    def is_silence(self) -> bool:
        """Whether the person may not speak while it is in force."""
        return MeasureKind(self.kind).is_silence

    @property
    def is_in_force(self) -> bool:
        """Whether it holds at this moment; a warning holds from the moment in which it is said."""
        return self.lifted_at is None and (self.ends_at is None or timezone.now() < self.ends_at)

    @property
    def last_day(self) -> date | None:
        """The last day on which it is in force; None where nobody said one."""
        return None if self.ends_at is None else timezone.localdate(self.ends_at - timedelta(seconds=1))

    @property
    def sentence(self) -> str:
        """What was decided and until when, as the person is told."""
        open_ended, until = SENTENCES[MeasureKind(self.kind)]
        return str(open_ended if self.last_day is None else until % {"day": write_date(self.last_day)})

    @property
    def where(self) -> str:
        """Where it is in force, in words."""
        if self.reach != Reach.SECTION:
            return self.get_reach_display()
        return f"{self.section.title} ({self.section.locale})" if self.section else str(_("nowhere any more"))

    @property
    def where_told(self) -> str:
        """The same for the person, who is told of no place that they may not read."""
        if self.participant.is_guest and self.reach != Reach.SECTION:
            return str(_("everywhere on this site"))
        return self.where

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.lifted_at is not None:
            return str(pgettext_lazy("measure", "lifted"))
        if self.kind == MeasureKind.WARNING:
            return str(pgettext_lazy("measure", "given"))
        if self.is_in_force:
            return str(pgettext_lazy("measure", "in force"))
        return str(pgettext_lazy("measure", "ended"))
