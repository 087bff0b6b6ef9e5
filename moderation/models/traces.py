"""The traces by which words that come again are known."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment


class ScreeningTrace(models.Model):
    """What is kept of a guest's words for a month, to know them again: digests, and no word.

    `digest` is that of the whole text; `first` and `second` are the least of its shingles, `sketch` more of
    them (`moderation.matching.sketches`). They are empty where the text is too short to be like another.
    """

    comment = models.OneToOneField(
        Comment, primary_key=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("comment")
    )
    page_id = models.BigIntegerField(_("page"))
    digest = models.BigIntegerField(null=True)
    first = models.BigIntegerField(null=True)
    second = models.BigIntegerField(null=True)
    sketch = models.JSONField(default=list)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("trace of a comment")
        verbose_name_plural = _("traces of comments")
        default_permissions = ()
        indexes = [
            models.Index(fields=["digest"], name="moderation_trace_digest"),
            models.Index(fields=["first"], name="moderation_trace_first"),
            models.Index(fields=["second"], name="moderation_trace_second"),
            models.Index(fields=["page_id", "noted_at"], name="moderation_trace_recent"),
            models.Index(fields=["noted_at"], name="moderation_trace_time"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}"
