"""Notes that moderators leave for one another, on a comment or on its author."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment
from moderation.querysets import NoteQuerySet

NOTE_MAX_LENGTH = 1_000


class Note(models.Model):
    """What a moderator tells colleagues of a comment or, where it `is_about_author`, of who wrote it.

    Either way it has the audience of the comment at which it was written: whoever may decide on that one
    reads it, and nobody else. The author never does, but in a copy of all data about them.
    """

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="notes"
    )
    is_about_author = models.BooleanField(_("about the author"), default=False)
    text = models.TextField(_("note"), max_length=NOTE_MAX_LENGTH)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        default_permissions = ()
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text
