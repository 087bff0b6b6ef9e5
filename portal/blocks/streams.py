"""The stream from which every page of the portal is written."""

from typing import Any

from wagtail import blocks

from portal.blocks.data import KeyFiguresBlock, TableBlock
from portal.blocks.links import CallToActionBlock, RelatedPagesBlock
from portal.blocks.media import DocumentBlock, GalleryBlock, PictureBlock, VideoBlock
from portal.blocks.text import (
    BlockQuotationBlock,
    CalloutBlock,
    HeadingBlock,
    HeadingLevel,
    ParagraphBlock,
    PullQuotationBlock,
    QuestionsBlock,
)


class PortalStreamBlock(blocks.StreamBlock):
    """What an editor may put into a page. Render it whole (`{% include_block page.body %}`).

    Rendered whole, its headings make an outline that skips no level and repeats no anchor.
    """

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    block_quotation = BlockQuotationBlock()
    pull_quotation = PullQuotationBlock()
    callout = CalloutBlock()
    questions = QuestionsBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    document = DocumentBlock()
    table = TableBlock()
    key_figures = KeyFiguresBlock()
    call_to_action = CallToActionBlock()
    related_pages = RelatedPagesBlock()

    class Meta:
        template = "blocks/stream.html"

    def get_context(
        self, value: blocks.StreamValue, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        arrange_outline(value)
        return super().get_context(value, parent_context)


def arrange_outline(stream: blocks.StreamValue) -> None:
    """Give the headings of `stream` distinct anchors, and make the first of them a section."""
    taken: set[str] = set()
    has_section = False
    for child in stream:
        if child.block_type != "heading":
            continue
        heading = child.value
        # A stream may be rendered more than once: what it was given before does not count.
        heading.shown_level = heading.shown_anchor = ""
        if not has_section:
            heading.shown_level = HeadingLevel.SECTION
            has_section = True
        anchor, number = heading.anchor, 1
        while heading.anchor in taken:
            number += 1
            heading.shown_anchor = f"{anchor}-{number}"
        taken.add(heading.anchor)
