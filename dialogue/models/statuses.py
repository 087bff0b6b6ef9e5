"""Where a comment stands, and the sentence that it leaves when it is taken away."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommentStatus(models.TextChoices):
    """Where a comment stands. Only `published` is read by others."""

    UNVERIFIED = "unverified", pgettext_lazy("comment", "to be confirmed")
    HELD = "held", pgettext_lazy("comment", "held")
    PUBLISHED = "published", pgettext_lazy("comment", "published")
    REJECTED = "rejected", pgettext_lazy("comment", "rejected")
    HIDDEN = "hidden", pgettext_lazy("comment", "hidden")
    WITHDRAWN = "withdrawn", pgettext_lazy("comment", "withdrawn")
    ERASED = "erased", pgettext_lazy("comment", "erased")


# What was once public leaves its place in the thread: one constant sentence for each kind.
TOMBSTONES = {
    CommentStatus.HIDDEN: _("This comment was removed by a moderator."),
    CommentStatus.WITHDRAWN: _("This comment was withdrawn by its author."),
    CommentStatus.ERASED: _("This comment was erased."),
}


class HasStatus(models.Model):
    """Something that is published, taken away and brought back: where it stands, since when, and by whom."""

    status = models.CharField(
        _("status"), max_length=10, choices=CommentStatus.choices, default=CommentStatus.HELD
    )

    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("rejected at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.status == CommentStatus.PUBLISHED

    @property
    def is_tombstone(self) -> bool:
        return self.status in TOMBSTONES

    @property
    def tombstone_sentence(self) -> str:
        return str(TOMBSTONES[CommentStatus(self.status)])

    @property
    def decided_at(self) -> datetime | None:
        """When the comment came to where it stands."""
        return {
            CommentStatus.PUBLISHED: self.published_at,
            CommentStatus.REJECTED: self.rejected_at,
            CommentStatus.HIDDEN: self.hidden_at,
            CommentStatus.WITHDRAWN: self.withdrawn_at,
            CommentStatus.ERASED: self.erased_at,
        }.get(CommentStatus(self.status))
