"""Appeals of authors: against which decision, in which words, and what became of it (decision 41)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.models import Comment
from dialogue.models.words import TEXT_MAX_LENGTH
from moderation.models.decisions import Decision, Verb
from moderation.querysets import AppealQuerySet


class Appeal(models.Model):
    """An author asks that somebody else look again at a comment that was rejected or hidden; once.

    The `outcome` is a decision like any other: that the first one stands, or that the comment is published.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="appeals"
    )
    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="appeal"
    )
    # Empty once it is forgotten.
    text = models.TextField(_("in their own words"), max_length=TEXT_MAX_LENGTH, blank=True)
    made_at = models.DateTimeField(_("appealed at"), default=timezone.now)
    outcome = models.OneToOneField(
        Decision,
        verbose_name=_("outcome"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appeal_answered",
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        constraints = [
            # A comment stands rejected or hidden by one decision at a time.
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(outcome=None), name="moderation_appeal_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision} – {self.state_label}"

    @property
    def is_overturned(self) -> bool:
        return self.outcome is not None and self.outcome.verb != Verb.UPHOLD

    @property
    def state_label(self) -> str:
        """What became of it, in a word."""
        if self.outcome is None:
            return str(pgettext_lazy("appeal", "open"))
        overturned, upheld = pgettext_lazy("appeal", "overturned"), pgettext_lazy("appeal", "upheld")
        return str(overturned if self.is_overturned else upheld)
