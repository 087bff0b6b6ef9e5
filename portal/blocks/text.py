"""Blocks of words: paragraphs, headings, quotations, callouts, questions and answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from portal.slugs import free_slug

GROUP_TEXT = _("Text")
PREVIEW_TEMPLATE = "blocks/_preview.html"
TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]
ANCHOR_MAX_LENGTH = 60
ANSWER_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class ParagraphBlock(blocks.RichTextBlock):
    """Running text. Headings are blocks of their own, so that the outline of a page stays whole."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text, with links and lists.")
        group = GROUP_TEXT
        template = "blocks/paragraph.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = _(
            "<p>The first ferry leaves at twenty past six. It is never full, and those who take it know "
            "one another by sight: <b>eleven people</b>, two bicycles, a dog.</p>"
        )


class HeadingLevel(models.TextChoices):
    """How deep a heading stands; the title of the page is the first level."""

    SECTION = "h2", _("Section")
    SUBSECTION = "h3", _("Subsection")


class HeadingValue(blocks.StructValue):
    """A heading that can be linked to. The stream it stands in may correct its place in the outline."""

    shown_level = ""
    shown_anchor = ""

    @property
    def outline_level(self) -> str:
        return self.shown_level or self.get("level") or HeadingLevel.SECTION

    @property
    def anchor(self) -> str:
        """The fragment that leads here; the prefix keeps it apart from the page's own."""
        words = free_slug(self.get("text") or "", (), instead="heading", max_length=ANCHOR_MAX_LENGTH)
        return self.shown_anchor or f"s-{words}"


class HeadingBlock(blocks.StructBlock):
    """A heading inside a page."""

    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(label=_("Level"), choices=HeadingLevel.choices, default=HeadingLevel.SECTION)

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        description = _("The title of a section or of a part of it.")
        group = GROUP_TEXT
        template = "blocks/heading.html"
        value_class = HeadingValue
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"text": _("What changes in the spring"), "level": HeadingLevel.SECTION}


class BlockQuotationBlock(blocks.StructBlock):
    """The words of somebody else, with where they were said."""

    text = blocks.TextBlock(label=_("Text"), rows=4)
    attribution = blocks.CharBlock(
        label=_("Attribution"),
        max_length=160,
        required=False,
        help_text=_("Who said or wrote it, and where."),
    )
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{attribution}"
        description = _("Somebody else’s words, with their source.")
        group = GROUP_TEXT
        template = "blocks/block_quotation.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "text": _("A timetable is a promise made to people whom one will never meet."),
            "attribution": _("Report of the users’ committee"),
        }


class PullQuotationBlock(blocks.StructBlock):
    """A sentence of the page itself, set large."""

    text = blocks.CharBlock(label=_("Text"), max_length=240)
    attribution = blocks.CharBlock(label=_("Attribution"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quotation")
        label_format = "{text}"
        description = _("A sentence of the text, set large to be seen in passing.")
        group = GROUP_TEXT
        template = "blocks/pull_quotation.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"text": _("Nineteen people are not “few people”.")}


class CalloutKind(models.TextChoices):
    """What a callout is for; its label is shown, so that colour is never the only sign."""

    NOTE = "note", _("Note")
    IMPORTANT = "important", _("Important")
    SUCCESS = "success", _("Good news")


class CalloutValue(blocks.StructValue):
    """A callout that can say its kind in words."""

    @property
    def kind_label(self) -> str:
        return CalloutKind(self.get("kind") or CalloutKind.NOTE).label


class CalloutBlock(blocks.StructBlock):
    """A few words that must not be missed, beside the text."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=CalloutKind.choices, default=CalloutKind.NOTE)
    title = blocks.CharBlock(
        label=_("Title"), max_length=120, required=False, help_text=_("Empty: the name of its kind.")
    )
    text = blocks.RichTextBlock(label=_("Text"), features=ANSWER_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        label_format = "{title}"
        description = _("A note or something important, beside the text.")
        group = GROUP_TEXT
        template = "blocks/callout.html"
        value_class = CalloutValue
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "kind": CalloutKind.IMPORTANT,
            "title": _("Winter timetable"),
            "text": _("<p>From the first of November, the last departure is at a quarter to ten.</p>"),
        }


class QuestionBlock(blocks.StructBlock):
    """One question with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=pgettext_lazy("to a question", "Answer"), features=ANSWER_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class QuestionsBlock(blocks.StructBlock):
    """Questions whose answers fold out."""

    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that people ask; each answer folds out.")
        group = GROUP_TEXT
        template = "blocks/questions.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "questions": [
                {
                    "question": _("May I bring my bicycle?"),
                    "answer": _("<p>Yes, at no charge, on every crossing.</p>"),
                },
                {"question": _("And in winter?"), "answer": _("<p>Yes, when the deck is free of ice.</p>")},
            ]
        }
