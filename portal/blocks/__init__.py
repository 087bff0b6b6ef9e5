"""The blocks from which pages are written, one module for each kind."""

from portal.blocks.data import KeyFiguresBlock, TableBlock
from portal.blocks.links import CallToActionBlock, RelatedPagesBlock, SocialLinksBlock
from portal.blocks.media import DocumentBlock, GalleryBlock, PictureBlock, VideoBlock
from portal.blocks.streams import PortalStreamBlock
from portal.blocks.text import (
    BlockQuotationBlock,
    CalloutBlock,
    HeadingBlock,
    ParagraphBlock,
    PullQuotationBlock,
    QuestionsBlock,
)

__all__ = [
    "BlockQuotationBlock",
    "CallToActionBlock",
    "CalloutBlock",
    "DocumentBlock",
    "GalleryBlock",
    "HeadingBlock",
    "KeyFiguresBlock",
    "ParagraphBlock",
    "PictureBlock",
    "PortalStreamBlock",
    "PullQuotationBlock",
    "QuestionsBlock",
    "RelatedPagesBlock",
    "SocialLinksBlock",
    "TableBlock",
    "VideoBlock",
]
