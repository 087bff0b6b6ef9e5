"""Blocks that quote people: a comment of the portal's own, by reference, and words said elsewhere.

The featured comment's block stores the id of one `FeaturedComment` row and nothing more. In the editor's
form it is the *comment* that is chosen (by its public id); the row comes into being, or is found again,
when the page is saved: see `dialogue.quotations`. The names of the classes are stored in migrations.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.coreutils import resolve_model_string

from portal.blocks import PortalStreamBlock
from portal.permissions import load_restrictions

GROUP_VOICES = _("Voices")
PREVIEW_TEMPLATE = "blocks/_preview.html"


class CommentChooserWidget(BaseChooser):
    """Chooses a comment by its public id, which cannot be guessed."""

    model = "dialogue.Comment"
    icon = "openquote"
    chooser_modal_url_name = "comment_chooser:choose"
    choose_one_text = _("Choose a comment")
    choose_another_text = _("Choose another comment")
    show_edit_link = False

    def get_instance(self, value: Any) -> Any:
        if value is None or isinstance(value, self.model_class):
            return value
        return self.model_class.objects.filter(public_id=value).first()

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        return {"id": instance.public_id, "edit_url": "", "title": describe_choice(instance)}


def describe_choice(comment: Any) -> str:
    """Return a comment as it is named in the editor: who, what and, where readers will not see it, why."""
    if not comment.is_published:
        return _("%(comment)s (not published: readers do not see it)") % {"comment": comment}
    if comment.quote_consented_at is None:
        return _("%(comment)s (has not agreed to be quoted: readers do not see it)") % {"comment": comment}
    return str(comment)


class FeaturedCommentChooserBlock(blocks.FieldBlock):
    """A `FeaturedComment`, chosen as a comment; all those of a page are fetched by one query."""

    def __init__(self, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field = forms.CharField(required=required, help_text=help_text, widget=CommentChooserWidget())
        super().__init__(**kwargs)

    @property
    def rows(self) -> Any:
        # By name, here and below: the models of pages import this module.
        model = resolve_model_string("dialogue.FeaturedComment")
        return model.objects.select_related("comment__page__locale", "revision")

    def to_python(self, value: Any) -> Any:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: Sequence[Any]) -> list[Any]:
        rows = self.rows.in_bulk([value for value in values if value is not None])
        return [rows.get(value) for value in values]

    def get_prep_value(self, value: Any) -> int | None:
        return value.pk if value is not None else None

    def value_for_form(self, value: Any) -> str | None:
        return value.comment.public_id if value is not None else None

    def value_from_form(self, value: str | None) -> Any:
        """Return a quotation of the comment as it reads now, not yet bound to a page."""
        comment_model = resolve_model_string("dialogue.Comment")
        comment = comment_model.objects.select_related("page__locale").filter(public_id=value or "").first()
        return quotation_of(comment) if comment is not None else None

    def get_form_state(self, value: Any) -> Any:
        return self.field.widget.get_value_data(value.comment if value is not None else None)

    def clean(self, value: Any) -> Any:
        self.field.clean(self.value_for_form(value))
        return value

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        if value is not None and value.pk is not None:
            yield type(value), str(value.pk), "", ""
            # So the usage of a comment lists the pages that quote it, and not only that of the row.
            yield type(value.comment), str(value.comment.pk), "comment", "comment"

    class Meta:
        icon = "openquote"


def quotation_of(comment: Any) -> Any:
    """Return an unsaved `FeaturedComment` that quotes `comment` whole, as it reads now."""
    model = resolve_model_string("dialogue.FeaturedComment")
    return model(comment=comment, revision=comment.revisions.get(version=comment.version))


class FeaturedCommentBlock(blocks.StructBlock):
    """A reader's comment, quoted live and with consent."""

    quotation = FeaturedCommentChooserBlock(label=_("Comment"))
    why = blocks.CharBlock(
        label=_("Why we feature this"),
        max_length=200,
        required=False,
        help_text=_("One sentence, shown above the comment."),
    )

    class Meta:
        icon = "openquote"
        label = _("Featured comment")
        description = _("A reader's comment, quoted live: when it is withdrawn, it leaves the page.")
        group = GROUP_VOICES
        template = "blocks/featured_comment.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value: dict[str, Any] = {}  # see get_preview_value

    def get_preview_value(self) -> blocks.StructValue:
        comment_model = resolve_model_string("dialogue.Comment")
        comment = comment_model(
            author_name="Maude Therrien",
            language="fr",
            submitted_at=timezone.now(),
            status="published",
            html=format_html(
                "<p>{}</p>", _("The first boat is never late. It is the last one that teaches patience.")
            ),
        )
        revision = comment.revisions.model(comment=comment, version=1, html=comment.html)
        featured = resolve_model_string("dialogue.FeaturedComment")(comment=comment, revision=revision)
        return blocks.StructValue(self, [("quotation", featured), ("why", "")])


class CommentFromElsewhereBlock(blocks.StructBlock):
    """Words said on another site, by letter or aloud, set as a person's voice."""

    text = blocks.TextBlock(label=pgettext_lazy("what was said", "Words"), max_length=3000, rows=6)
    name = blocks.CharBlock(
        label=_("Name"), max_length=120, help_text=_("As agreed, for example “A reader in Gaspé”.")
    )
    source = blocks.CharBlock(
        label=_("Said where"), max_length=120, help_text=_("A site, a letter, a meeting.")
    )
    address = blocks.URLBlock(label=_("Address"), required=False)
    date = blocks.DateBlock(label=_("Date"), required=False)
    permission = blocks.BooleanBlock(label=_("The author gave permission"))
    permission_given = blocks.CharBlock(
        label=_("How and when"), max_length=200, help_text=_("Never shown to readers.")
    )

    class Meta:
        icon = "comment"
        label = _("Comment from elsewhere")
        description = _("Somebody's words from another site, a letter or a meeting, with permission.")
        group = GROUP_VOICES
        template = "blocks/comment_from_elsewhere.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "text": _("You asked what would make me take the early boat. A bench, out of the wind."),
            "name": _("A passenger"),
            "source": _("Letter"),
            "permission": True,
            "permission_given": _("by letter"),
        }


class ConversationStreamBlock(PortalStreamBlock):
    """Every block of the portal, and those that quote people.

    Whether each quotation is shown is decided here, once, for the page as it is rendered: the view
    restrictions are read in one query for all of them.
    """

    featured_comment = FeaturedCommentBlock()
    comment_from_elsewhere = CommentFromElsewhereBlock()

    def get_context(
        self, value: blocks.StreamValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        has_quotation = any(child.block_type == "featured_comment" for child in value)
        restrictions = load_restrictions() if has_quotation else []
        return {**context, "restrictions": restrictions}
