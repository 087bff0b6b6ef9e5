"""The conversation of a page, counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Conversation(models.Model):
    """What is known of a page's conversation without counting it each time.

    It stands beside the page, not on it: publishing a page's draft writes every field of the page back.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="conversation"
    )
    comment_count = models.PositiveIntegerField(_("published comments"), default=0)
    thread_count = models.PositiveIntegerField(_("threads"), default=0)
    answered_count = models.PositiveIntegerField(_("answered threads"), default=0)
    unanswered_count = models.PositiveIntegerField(_("unanswered threads"), default=0)
    organisation_count = models.PositiveIntegerField(_("threads with the organisation’s voice"), default=0)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.comment_count}"
