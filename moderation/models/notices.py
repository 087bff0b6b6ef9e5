"""Who is still to be told that something waits."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
    besides = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who is not told"),
        help_text=_("Whoever took the decision that is appealed against does not decide on it again."),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
    )
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)

    class Meta:
        verbose_name = _("notice to moderators")
        verbose_name_plural = _("notices to moderators")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}"
