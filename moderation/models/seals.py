"""The chain that holds the log of decisions together: what is taken out of it or changed is missed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.decisions import Decision
from portal.models import AppendOnlyModel, AppendOnlyQuerySet


class DecisionSeal(AppendOnlyModel):
    """The place of one decision in the chain: a digest of it and of the seal before it.

    `number` counts from 1 without a gap. Only who has `DIGEST_KEY` can make a digest, so that a hand at the
    database alone makes none that holds. `words` is the digest of what was written beside the decision,
    apart, for that may be forgotten and the decision stays.
    """

    number = models.PositiveBigIntegerField(_("place in the log"), primary_key=True)
    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="seal"
    )
    words = models.CharField(_("digest of the words"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("sealed at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal of a decision")
        verbose_name_plural = _("seals of decisions")
        default_permissions = ()
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"
