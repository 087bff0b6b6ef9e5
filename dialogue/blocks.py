"""Blocks that quote people: a comment of the portal's own, by reference, and words said elsewhere.

The featured comment's block stores the id of one `FeaturedComment` row and nothing more. In the editor's
form it is a *comment* that is chosen, and what of it is quoted (`dialogue.selections`); the row comes into
being, or is found again, when the page is saved: see `dialogue.models.bindings`. The names of the classes are
stored in migrations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks, hooks
from wagtail.coreutils import resolve_model_string

from dialogue.excerpts import WHOLE, Excerpt, ExcerptRefused, check_excerpt
from dialogue.reply_places import choose_reply_place, conversations_quoted
from dialogue.selections import Selection, SelectionRefused
from dialogue.widgets import CommentChooserWidget
from portal.blocks import PortalStreamBlock
from portal.permissions import current_viewer, load_restrictions

GROUP_VOICES = _("Voices")
PREVIEW_TEMPLATE = "blocks/_preview.html"


@dataclass(frozen=True)
class QuotationLine:
    """What stands beside a block in the editor, and where to go on, if anywhere."""

    words: str
    address: str = ""


def describe_chosen(quotation: Any) -> QuotationLine:
    """Return the line beside a chosen comment: the hook `describe_quotation` knows where it stands."""
    for describe in hooks.get_hooks("describe_quotation"):
        return describe(quotation)
    return QuotationLine("")


class FeaturedCommentChooserBlock(blocks.FieldBlock):
    """A `FeaturedComment`, chosen as a comment; all those of a page are fetched by one query."""

    def __init__(self, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field = forms.CharField(required=required, help_text=help_text, widget=CommentChooserWidget())
        super().__init__(**kwargs)

    @property
    def rows(self) -> Any:
        # By name, here and below: the models of pages import this module.
        model = resolve_model_string("dialogue.FeaturedComment")
        return model.objects.select_related("comment__page__locale", "revision", "page__locale", "rejoinder")

    def to_python(self, value: Any) -> Any:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: Sequence[Any]) -> list[Any]:
        rows = self.rows.in_bulk([value for value in values if value is not None])
        return [rows.get(value) for value in values]

    def get_prep_value(self, value: Any) -> int | None:
        return value.pk if value is not None else None

    def value_for_form(self, value: Any) -> str | None:
        if isinstance(value, RefusedChoice):
            return value.sent
        return selection_of(value).write() if value is not None else None

    def value_from_form(self, value: str | None) -> Any:
        """Return the quotation that was chosen: the row given, or one that is not bound to a page yet.

        What was tampered with, or no longer fits the comment, comes back as a `RefusedChoice`.
        """
        if not value:
            return None
        try:
            return self._choose(Selection.read(value))
        except (SelectionRefused, ExcerptRefused) as refused:
            return RefusedChoice(value, str(refused))

    def get_form_state(self, value: Any) -> Any:
        if isinstance(value, RefusedChoice):
            return {"id": value.sent, "edit_url": "", "title": value.sentence}
        if value is None:
            return None
        line = describe_chosen(value)
        return {"id": self.value_for_form(value), "edit_url": line.address, "title": line.words}

    def clean(self, value: Any) -> Any:
        self.field.clean(self.value_for_form(value))
        if isinstance(value, RefusedChoice):
            raise ValidationError(value.sentence)
        return value

    def _choose(self, chosen: Selection) -> Any:
        """Return the row, where nothing of it has changed: its comment may be hidden by now."""
        row = (
            self.rows.filter(pk=chosen.row, comment__public_id=chosen.comment).first() if chosen.row else None
        )
        if row is not None and chosen == selection_of(row):
            return row
        comment = find_choosable(chosen.comment)
        if comment is None:
            raise SelectionRefused(_("This comment is not there to be quoted. Choose another."))
        quotation = quotation_of(comment, chosen)
        is_row = row is not None and (row.terms, row.is_pinned) == (quotation.terms, quotation.is_pinned)
        return row if is_row else quotation

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        if value is not None and value.pk is not None:
            yield type(value), str(value.pk), "", ""
            # So the usage of a comment lists the pages that quote it, and not only that of the row.
            yield type(value.comment), str(value.comment.pk), "comment", "comment"

    class Meta:
        icon = "openquote"


@dataclass(frozen=True)
class RefusedChoice:
    """What was sent in the place of a quotation, and why it is none; `pk` as of what is not stored."""

    sent: str
    sentence: str
    pk: None = None


def find_choosable(public_id: str) -> Any:
    """Return the comment that whoever is asking may quote, or None; a command may quote any."""
    comments = resolve_model_string("dialogue.Comment").objects.select_related("page__locale")
    viewer = current_viewer()
    if viewer is not None:
        if not viewer.has_perm("dialogue.feature_comment"):
            return None
        comments = comments.visible_to(viewer)
    return comments.filter(public_id=public_id).first()


def selection_of(quotation: Any) -> Selection:
    """Return what an editor's form says of a quotation."""
    return Selection(
        comment=quotation.comment.public_id,
        row=quotation.pk,
        version=quotation.revision.version,
        ranges=quotation.ranges,
        removals=quotation.removals,
        name_form=quotation.name_form,
        name_detail=quotation.name_detail,
        is_pinned=quotation.is_pinned,
    )


def quotation_of(comment: Any, chosen: Selection | None = None) -> Any:
    """Return an unsaved `FeaturedComment` of `comment`: whole and as it reads now, unless otherwise `chosen`.

    Raises `SelectionRefused` for a version that readers never had, `ExcerptRefused` for an excerpt that will
    not do.
    """
    chosen = chosen or Selection(comment.public_id)
    version = chosen.version or comment.version
    versions = comment.revisions if version == comment.version else comment.revisions.read_by_readers()
    revision = versions.filter(version=version).first()
    if revision is None:
        raise SelectionRefused(_("Readers never had this wording of the comment. Choose the comment again."))
    ranges, removals = read_excerpt(revision.words.plain, chosen).lists
    return resolve_model_string("dialogue.FeaturedComment")(
        comment=comment,
        revision=revision,
        ranges=ranges,
        removals=removals,
        name_form=chosen.name_form,
        name_detail=chosen.name_detail,
        is_pinned=chosen.is_pinned,
    )


def read_excerpt(text: str, chosen: Selection) -> Excerpt:
    """Return what is quoted of the text. All of it needs no check, be it empty by now."""
    is_whole = chosen.ranges in ((), []) and chosen.removals in ((), [])
    return WHOLE if is_whole else check_excerpt(text, chosen.ranges, chosen.removals)


class FeaturedCommentBlock(blocks.StructBlock):
    """A reader's comment, quoted live and with consent."""

    quotation = FeaturedCommentChooserBlock(label=_("Comment"))
    why = blocks.CharBlock(
        label=_("Why we feature this"),
        max_length=200,
        required=False,
        help_text=_("One sentence, shown above the comment."),
    )
    reply = choose_reply_place()

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
        return blocks.StructValue(self, [("quotation", featured), ("why", ""), ("reply", "")])


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

    Whether each quotation is shown, and where one may reply, is decided once for the page as it is
    rendered: view restrictions and conversations are read for all of them together.
    """

    featured_comment = FeaturedCommentBlock()
    comment_from_elsewhere = CommentFromElsewhereBlock()

    def get_context(
        self, value: blocks.StreamValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        quoting = [child.value for child in value if child.block_type == "featured_comment"]
        restrictions = load_restrictions() if quoting else []
        return {**context, "restrictions": restrictions, "open_pages": conversations_quoted(quoting)}
