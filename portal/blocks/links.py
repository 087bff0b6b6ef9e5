"""Blocks that lead elsewhere. None of them shows a page that its reader may not open."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from portal.blocks.text import PREVIEW_TEMPLATE
from portal.permissions import can_read_page, visible_pages

GROUP_LINKS = _("Ways on")


def viewer_of(context: dict[str, Any] | None) -> Any:
    """Return who looks at a block; without a request, nobody in particular."""
    request = (context or {}).get("request")
    return getattr(request, "user", None) or AnonymousUser()


class CallToActionBlock(blocks.StructBlock):
    """An invitation that leads to one place: a page of the site or an address."""

    text = blocks.TextBlock(label=_("Text"), rows=2)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or an address"), required=False)

    class Meta:
        icon = "link"
        label = _("Call to action")
        label_format = "{label}"
        description = _("An invitation with a button.")
        group = GROUP_LINKS
        template = "blocks/call_to_action.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "text": _("The new timetable is open for comments until the end of the month."),
            "label": _("Give your opinion"),
            "url": "https://www.example.org/",
        }

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        page, url = cleaned["page"], cleaned["url"]
        if page and url:
            error = ValidationError(_("Choose a page or give an address, not both."))
            raise StructBlockValidationError(block_errors={"url": error})
        # A draft may be saved before it is complete; Wagtail says so by `is_deferred_validation`.
        if not page and not url and not self.is_deferred_validation:
            error = ValidationError(_("Choose a page, or give an address below."))
            raise StructBlockValidationError(block_errors={"page": error})
        return cleaned

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        page = value.get("page")
        if page is None:
            return {**context, "address": value.get("url") or ""}
        is_readable = can_read_page(viewer_of(parent_context), page)
        return {**context, "address": page.url if is_readable else ""}


class RelatedPagesBlock(blocks.StructBlock):
    """Other pages worth reading, as far as the reader may open them."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=6)

    class Meta:
        icon = "list-ul"
        label = _("Related pages")
        label_format = "{title}"
        description = _("Other pages worth reading; readers see only those they may open.")
        group = GROUP_LINKS
        template = "blocks/related_pages.html"
        preview_template = PREVIEW_TEMPLATE

    def get_preview_value(self) -> blocks.StructValue:
        first_pages = visible_pages(Page.objects.filter(depth__gt=1), AnonymousUser()).order_by("pk")[:3]
        return self.normalize({"title": _("Read on"), "pages": list(first_pages)})

    @property
    def is_previewable(self) -> bool:
        return True

    def get_context(
        self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        chosen = [page.pk for page in value.get("pages", []) if page]
        readable = visible_pages(Page.objects.filter(pk__in=chosen), viewer_of(parent_context)).specific()
        by_key = {page.pk: page for page in readable}
        pages = [by_key[key] for key in dict.fromkeys(chosen) if key in by_key]
        return {**context, "pages": pages}


class SocialLinkBlock(blocks.StructBlock):
    """A place elsewhere where the organisation speaks."""

    label = blocks.CharBlock(label=_("Name"), max_length=40)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"


class SocialLinksBlock(blocks.StreamBlock):
    """The places elsewhere where the organisation speaks, for the foot of every page."""

    link = SocialLinkBlock()
