"""The dialogue section: where a public is asked something, and replies."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from dialogue.blocks import ConversationStreamBlock
from dialogue.models.pages import CommentingState, ConversationPage, ConversationSection
from portal.editions import holds_until
from portal.formats import write_date, write_moment
from portal.permissions import visible_pages


class _DialogueIndex(ConversationSection):
    """What the two sections of dialogues share."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*ConversationSection.content_panels, FieldPanel("introduction")]
    settings_panels = [*ConversationSection.settings_panels, *ConversationSection.conversation_section_panels]
    search_fields = [*ConversationSection.search_fields, index.SearchField("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["dialogue.DialoguePage"]

    class Meta:
        abstract = True

    @property
    def opening_words(self) -> str:
        return self.introduction

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        """Add the dialogues that the viewer may read, by their state at this moment."""
        dialogues = visible_pages(DialoguePage.objects.child_of(self), request.user)
        by_state: dict[str, list[DialoguePage]] = {"open": [], "upcoming": [], "closed": []}
        for dialogue in dialogues.select_related("locale").order_by("-opens_at", "-pk"):
            by_state[dialogue.state].append(dialogue)
        # Of those to come, the next one first.
        by_state["upcoming"].reverse()
        return {
            **super().get_context(request, *args, **kwargs),
            **{f"{state}_dialogues": found for state, found in by_state.items()},
            "all_dialogues": [dialogue for found in by_state.values() for dialogue in found],
        }


class DialogueIndexPage(_DialogueIndex):
    """The public's dialogues."""

    class Meta:
        verbose_name = _("public dialogues")
        verbose_name_plural = _("public dialogues")


class InternalDialogueIndexPage(_DialogueIndex):
    """The employees' dialogues. It closes itself to everybody else, and stays closed."""

    private_page_options: list[str] = []  # the admin's privacy screen says so, see `dialogue.signals`

    class Meta:
        verbose_name = _("internal dialogues")
        verbose_name_plural = _("internal dialogues")


@dataclass(frozen=True)
class ClosingStatement:
    """What the organisation says came of a dialogue, signed; without a name, by the organisation itself."""

    words: str
    name: str
    role: str
    date: date | None


class DialoguePage(ConversationPage):
    """A page that asks a public something and stays open for replies."""

    question = models.TextField(_("question"), max_length=300)
    body = StreamField(ConversationStreamBlock(), verbose_name=_("body"), blank=True)
    host_name = models.CharField(_("host"), max_length=80, blank=True)
    host_role = models.CharField(_("host's role"), max_length=80, blank=True)
    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    closing_words = models.TextField(
        _("closing words"),
        blank=True,
        max_length=1000,
        help_text=_("What came of it, shown once it is closed."),
    )
    closing_name = models.CharField(
        _("signed by"), max_length=80, blank=True, help_text=_("Empty: the host.")
    )
    closing_role = models.CharField(_("role of who signs"), max_length=80, blank=True)
    closing_date = models.DateField(
        _("date of the closing words"),
        null=True,
        blank=True,
        help_text=_("Empty: the day on which the dialogue closed."),
    )

    content_panels = [
        *ConversationPage.content_panels,
        FieldPanel("question"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("host_name"), FieldPanel("host_role")], _("Host")),
        MultiFieldPanel(
            [FieldPanel(f"closing_{part}") for part in ("words", "name", "role", "date")],
            _("What came of it"),
        ),
    ]
    settings_panels = [
        *ConversationPage.settings_panels,
        FieldPanel("opens_at"),
        *ConversationPage.conversation_panels,
    ]
    search_fields = [
        *ConversationPage.search_fields,
        index.SearchField("question", boost=2),
        index.SearchField("body"),
    ]
    parent_page_types = ["dialogue.DialogueIndexPage", "dialogue.InternalDialogueIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("dialogue")
        verbose_name_plural = _("dialogues")

    def clean(self) -> None:
        super().clean()
        if self.comments_close_at and self.opens_at and self.comments_close_at <= self.opens_at:
            raise ValidationError({"comments_close_at": _("A dialogue closes after it has opened.")})

    @property
    def opening_words(self) -> str:
        return self.question

    @property
    def closes_at(self) -> datetime | None:
        """When the last reply is taken; None while no date is set."""
        return self.comments_close_at

    @property
    def closing_statement(self) -> ClosingStatement | None:
        """What came of it, once it is closed; None before, and where nobody has said so."""
        if not self.closing_words or self.state != "closed":
            return None
        is_host = not self.closing_name
        closed_on = timezone.localdate(self.closes_at) if self.closes_at else None
        return ClosingStatement(
            words=self.closing_words,
            name=self.host_name if is_host else self.closing_name,
            role=self.host_role if is_host else self.closing_role,
            date=self.closing_date or closed_on,
        )

    @property
    def state(self) -> str:
        """`upcoming`, `open` or `closed`, at this moment."""
        now = timezone.now()
        # What is remembered with this state is made anew at these hours.
        holds_until(self.opens_at, self.comments_close_at)
        if self.opens_at > now:
            return "upcoming"
        # Of the parent: our own would ask `state` again.
        return "open" if super().commenting_state.is_open else "closed"

    @property
    def state_sentence(self) -> str:
        """The state in words, for readers."""
        if self.state == "upcoming":
            return _("Opens on %(date)s") % {"date": write_moment(self.opens_at)}
        if self.state == "closed":
            # Where comments were switched off, there is no such day, or it is still to come.
            if not self.closes_at or self.closes_at > timezone.now():
                return str(_("Closed"))
            return _("Closed on %(date)s") % {"date": write_date(timezone.localtime(self.closes_at))}
        if self.closes_at:
            return _("Open until %(date)s") % {"date": write_moment(self.closes_at)}
        return str(_("Open"))

    @property
    def commenting_state(self) -> CommentingState:
        if self.state == "upcoming":
            sentence = _("This dialogue opens on %(date)s.") % {"date": write_moment(self.opens_at)}
            return CommentingState(False, sentence)
        return super().commenting_state
