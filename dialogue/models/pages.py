"""What pages with a conversation, and the sections that hold them, share."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, Revision, get_page_models

from dialogue.models.bindings import bind_quotations, place_quotations
from dialogue.models.settings import CommentPolicy, ConversationSettings
from portal.editions import holds_until, remember
from portal.models import BasePage
from portal.visibility import of_page, visibility_changed
from portal.widgets import DeadlineInput


@dataclass(frozen=True)
class CommentingState:
    """Whether a page takes comments now, and the sentence that says why not."""

    is_open: bool
    sentence: str | Promise = ""


class ConversationSection(BasePage):
    """An index page that may set the policy for the comments below it."""

    comment_policy = models.CharField(
        _("comment policy"),
        max_length=20,
        choices=CommentPolicy.choices,
        blank=True,
        help_text=_("Empty: as the site's conversation settings say."),
    )

    conversation_section_panels = [FieldPanel("comment_policy")]

    class Meta:
        abstract = True


class ConversationPage(BasePage):
    """A page that people may comment on."""

    shows_conversations = False  # its own, and quotations, which are purged with the pages that hold them

    commenting_enabled = models.BooleanField(_("take comments"), default=True)
    comments_close_at = models.DateTimeField(
        _("comments close at"), null=True, blank=True, help_text=_("Empty: they stay open.")
    )

    conversation_panels = [
        MultiFieldPanel(
            [
                FieldPanel("commenting_enabled"),
                FieldPanel(
                    "comments_close_at",
                    widget=DeadlineInput,
                    help_text=_("Empty: they stay open. A date without an hour: until the end of that day."),
                ),
            ],
            _("Conversation"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def is_untitled(self) -> bool:
        """Whether the title only holds the place of one that is still to be written."""
        return False

    @property
    def commenting_state(self) -> CommentingState:
        """Whether this page takes comments at this moment."""
        holds_until(self.comments_close_at)
        if not self.commenting_enabled:
            return CommentingState(False, _("Comments are switched off on this page."))
        if self.comments_close_at and self.comments_close_at <= timezone.now():
            return CommentingState(False, _("This conversation is closed. You can still read it."))
        return CommentingState(True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, and bind to it the quotations that stand in its body.

        A copy or an alias may have readers from this moment on, and is published by nobody.
        """
        super().save(*args, **kwargs)
        if bind_quotations(self, by=self.owner):
            # Past `save`, which would bind again; the row of a quotation needs the key of the page first.
            type(self).objects.filter(pk=self.pk).update(body=self.body)
            if self.live:
                place_quotations(self)
            visibility_changed(of_page(self))

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Revision:
        """Keep a draft whose quotations are bound to this page, so that a revision holds their ids."""
        bind_quotations(self, by=user)
        return super().save_revision(user, *args, **kwargs)

    def note_source(self, source: Page) -> None:
        """Take note that this page answers what was said under `source`: for kinds of pages that say so."""

    def get_comment_policy(self) -> str:
        """Return the policy that holds here: the nearest section's, or else the site's."""
        return remember(("comment policy", self.pk), self._find_comment_policy)

    def _find_comment_policy(self) -> str:
        # Wagtail links a page to its kind by the name of the class: one query reads those of all ancestors.
        policies = [f"{model.__name__.lower()}__comment_policy" for model in _sections()]
        for found in self.get_ancestors().order_by("-depth").values_list(*policies):
            if any(found):
                return next(filter(None, found))
        return ConversationSettings.for_site(self.get_site()).policy


def _sections() -> list[type[ConversationSection]]:
    """Return the kinds of sections that there are, whichever app defines them."""
    return [model for model in get_page_models() if issubclass(model, ConversationSection)]
