"""Decisions that may still be taken back: nothing of them has happened yet."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment, CommentStatus
from dialogue.querysets import CommentQuerySet
from moderation.models.appeals import Appeal
from moderation.models.decisions import REASON_TEXT_MAX_LENGTH, Verb
from moderation.models.reasons import Reason
from moderation.querysets import PendingQuerySet


class PendingDecision(models.Model):
    """What somebody has decided, until the time in which they may take it back is over (decision 38).

    Until then nothing is changed, purged or mailed; then `moderation.actions.carry_out_due` does it, and the
    row goes. What was decided in one go has one `batch`. Where it cannot be done any more, for the comment
    has moved on, `refusal` says why, until whoever decided has read it; it holds up nobody else.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="pending_decisions"
    )
    verb = models.CharField(_("decision"), max_length=10, choices=Verb.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.CASCADE, related_name="+"
    )
    # As the decider saw the comment.
    version = models.PositiveIntegerField(_("version decided on"))
    status = models.CharField(_("status"), max_length=10, choices=CommentStatus.choices)
    appeal = models.ForeignKey(
        Appeal, null=True, on_delete=models.CASCADE, related_name="+", editable=False, db_index=False
    )
    last_flag = models.BigIntegerField(null=True, editable=False)
    reason_code = models.CharField(_("reason"), max_length=30, choices=Reason.choices, blank=True)
    reason_text = models.TextField(_("explanation"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)
    note = models.TextField(_("note for colleagues"), max_length=REASON_TEXT_MAX_LENGTH, blank=True)
    batch = models.CharField(max_length=32, editable=False)
    made_at = models.DateTimeField(_("decided at"), default=timezone.now)
    due_at = models.DateTimeField(_("takes effect at"))
    refusal = models.TextField(_("why it was not done"), blank=True)

    objects = PendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending decision")
        verbose_name_plural = _("pending decisions")
        default_permissions = ()
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["by", "batch"], name="moderation_pending_batch")]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(refusal=""), name="moderation_pending_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} – {self.by}"


def without_pending(comments: CommentQuerySet) -> CommentQuerySet:
    """Return those of `comments` on which nobody has just decided."""
    return comments.exclude(Exists(PendingDecision.objects.open().filter(comment=OuterRef("pk"))))
