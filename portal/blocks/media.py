"""Blocks to look at, to listen to and to take away: pictures, videos, documents."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from portal.blocks.text import PREVIEW_TEMPLATE
from portal.blocks.videos import HostedVideo, parse_video_address

GROUP_MEDIA = _("Pictures and files")
VIDEO_EXTENSIONS = {"mp4", "webm"}


def sample_picture() -> dict[str, Any]:
    """Return a picture of the site for previews: one that nobody is kept from seeing, or none."""
    image = get_image_model().objects.public().order_by("pk").first()
    if image is None:
        return {"image": None, "alt_text": "", "decorative": True}
    return {"image": image, "alt_text": image.default_alt_text, "decorative": False}


class PictureWidth(models.TextChoices):
    """How much room a picture takes."""

    TEXT = "text", _("As wide as the text")
    WIDE = "wide", _("Wider than the text")


class PictureValue(blocks.StructValue):
    """A picture with the credit to show: the one given here, or else the one kept with it."""

    @property
    def shown_credit(self) -> str:
        return self.get("credit") or getattr(self.get("image"), "credit", "")


class CaptionedPictureBlock(blocks.StructBlock):
    """A picture with its caption and its credit; what it shows must be told in words."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=160,
        required=False,
        help_text=_("Empty: the credit kept with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"
        value_class = PictureValue


class PictureBlock(CaptionedPictureBlock):
    """One picture."""

    width = blocks.ChoiceBlock(label=_("Width"), choices=PictureWidth.choices, default=PictureWidth.TEXT)

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"
        description = _("A picture with a caption and a credit.")
        group = GROUP_MEDIA
        template = "blocks/picture.html"
        preview_template = PREVIEW_TEMPLATE

    def get_preview_value(self) -> blocks.StructValue:
        return self.normalize(
            {"image": sample_picture(), "caption": _("The wharf, a little before six."), "credit": ""}
        )

    @property
    def is_previewable(self) -> bool:
        return True


class GalleryBlock(blocks.StructBlock):
    """Several pictures seen together."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    pictures = blocks.ListBlock(CaptionedPictureBlock(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("Gallery")
        label_format = "{title}"
        description = _("Several pictures side by side.")
        group = GROUP_MEDIA
        template = "blocks/gallery.html"
        preview_template = PREVIEW_TEMPLATE

    def get_preview_value(self) -> blocks.StructValue:
        picture = {"image": sample_picture(), "caption": "", "credit": ""}
        return self.normalize({"title": _("From one shore to the other"), "pictures": [picture, picture]})

    @property
    def is_previewable(self) -> bool:
        return True


class VideoValue(blocks.StructValue):
    """A video that knows where it is kept."""

    @cached_property
    def hosted(self) -> HostedVideo | None:
        return parse_video_address(self.get("address") or "")


class VideoBlock(blocks.StructBlock):
    """A video kept by a provider, or a file of ours. Nothing is loaded from elsewhere until asked."""

    title = blocks.CharBlock(label=_("Title"), max_length=160, help_text=_("What the video shows."))
    address = blocks.CharBlock(
        label=_("Address"), max_length=500, required=False, help_text=_("Of a video on YouTube or Vimeo.")
    )
    file = DocumentChooserBlock(label=_("Or a file of ours"), required=False, help_text=_("MP4 or WebM."))
    poster = ImageChooserBlock(
        label=_("Poster"), required=False, help_text=_("The picture shown before it plays.")
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=300, required=False)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=["bold", "italic", "link"],
        required=False,
        help_text=_("What is said and shown, for those who cannot hear or see it."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        description = _("A video from YouTube, Vimeo or our own files; it loads when the reader asks.")
        group = GROUP_MEDIA
        template = "blocks/video.html"
        value_class = VideoValue
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"title": _("A crossing in January"), "address": "https://vimeo.com/76979871"}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        address, file = cleaned["address"], cleaned["file"]
        errors = {}
        if address and file:
            errors["file"] = ValidationError(_("Give an address or choose a file, not both."))
        elif address and parse_video_address(address) is None:
            errors["address"] = ValidationError(
                _(
                    "This address is not understood. Copy the address of the video’s own page on YouTube "
                    "or Vimeo, for example https://vimeo.com/76979871."
                )
            )
        elif file and file.file_extension.lower() not in VIDEO_EXTENSIONS:
            errors["file"] = ValidationError(_("This file is not a video. Choose an MP4 or WebM file."))
        elif not address and not file and not self.is_deferred_validation:
            errors["address"] = ValidationError(_("Give the address of a video, or choose a file below."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class DocumentBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=160, required=False, help_text=_("Empty: the document’s own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        label_format = "{title}"
        description = _("A file to take away, with its kind and its size.")
        group = GROUP_MEDIA
        template = "blocks/document.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"document": None, "title": _("Winter timetable")}
