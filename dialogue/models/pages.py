"""What pages with a conversation, and the sections that hold them, share."""

from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, Revision, get_page_models

from dialogue.closed_hours import ClosedHours
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

    closed_from = models.TimeField(_("closed from"), null=True, blank=True)
    closed_until = models.TimeField(_("closed until"), null=True, blank=True)
    closed_on_weekends = models.BooleanField(_("closed on Saturdays and Sundays"), default=False)

    conversation_section_panels = [
        FieldPanel("comment_policy"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("closed_from"), FieldPanel("closed_until")]),
                FieldPanel("closed_on_weekends"),
            ],
            _("Closed hours"),
            help_text=_(
                "Comments can be sent as always then, and wait for a moderator, whatever the policy. "
                "From 22:00 until 7:00 is a night; empty: at no hour."
            ),
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if (self.closed_from is None) != (self.closed_until is None):
            missing = "closed_from" if self.closed_from is None else "closed_until"
            said = _("Closed hours have a beginning and an end: give both, or none.")
            raise ValidationError({missing: said})
        if self.closed_from is not None and self.closed_from == self.closed_until:
            said = _("That is no time, or all day: to hold everything, choose the policy that does.")
            raise ValidationError({"closed_until": said})


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
        policy, _hours = self._section_choices
        return policy

    def is_closed_at(self, moment: datetime) -> bool:
        """Whether nobody moderates at `moment`: the closed hours of the nearest section that has some."""
        _policy, hours = self._section_choices
        return hours is not None and hours.hold_at(moment)

    @property
    def _section_choices(self) -> tuple[str, ClosedHours | None]:
        return remember(("section choices", self.pk), self._find_section_choices)

    def _find_section_choices(self) -> tuple[str, ClosedHours | None]:
        # Wagtail links a page to its kind by the name of the class: one query reads those of all ancestors.
        fields = ("comment_policy", "closed_from", "closed_until", "closed_on_weekends")
        columns = [f"{model.__name__.lower()}__{field}" for model in _sections() for field in fields]
        policy, hours = "", None
        for row in self.get_ancestors().order_by("-depth").values_list(*columns):
            for own_policy, *own_hours in batched(row, len(fields)):
                policy = policy or own_policy or ""
                hours = hours or ClosedHours.of(*own_hours)
        return policy or ConversationSettings.for_site(self.get_site()).policy, hours


def _sections() -> list[type[ConversationSection]]:
    """Return the kinds of sections that there are, whichever app defines them."""
    return [model for model in get_page_models() if issubclass(model, ConversationSection)]
