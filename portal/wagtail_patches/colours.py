"""Renditions keep the colours of their picture, and a PNG that moves is read.

Willow opens pictures by a table of their kinds that lacks the PNG that moves, and converts them for Pillow
without a look at what their levels and their profile mean. It has no setting for either.
"""

from PIL.ImageCms import PyCMSError
from willow.image import (
    INITIAL_IMAGE_CLASSES,
    GIFImageFile,
    ImageFile,
    JPEGImageFile,
    PNGImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from portal.wagtail_patches import Patch

PATCH = Patch(
    "willow",
    "1.12.0",
    "`INITIAL_IMAGE_CLASSES` in willow/image.py, whether `apng` is in it by now, and at how "
    "willow/plugins/pillow.py opens a picture and keeps its profile",
)
KINDS = (GIFImageFile, JPEGImageFile, PNGImageFile, WebPImageFile)
DEPTH = 257  # levels of sixteen bits for one of eight: white stays white
PROFILE_OF = slice(16, 20)  # where a colour profile says what it is of
RGB = b"RGB "


def apply() -> None:
    """Let every picture be opened by `open_picture` where a rendition is made of it."""
    INITIAL_IMAGE_CLASSES["apng"] = PNGImageFile  # with its first frame, as the others that move
    for kind in KINDS:
        registry.register_converter(kind, PillowImage, open_picture)


def open_picture(file: ImageFile) -> PillowImage:
    """Return the picture as renditions can be written of it.

    Pillow cuts levels of sixteen bits off at 255, which turns nearly all of them white, and writes no JPEG
    of them. Renditions are red, green and blue: a profile for grey or for inks would be read wrongly.
    """
    opened = PillowImage.open(file)
    picture = opened.image
    if picture.mode.startswith("I"):
        transparent = picture.info.pop("transparency", None)
        picture = picture.point(lambda level: level / DEPTH).convert("L")
        if transparent is not None:
            # The level that is transparent is one of sixteen bits as well.
            picture.info["transparency"] = transparent // DEPTH
        opened = PillowImage(picture)
    profile = picture.info.get("icc_profile")
    if profile and profile[PROFILE_OF] != RGB:
        return _in_srgb(opened)
    return opened


def _in_srgb(opened: PillowImage) -> PillowImage:
    try:
        return opened.transform_colorspace_to_srgb()
    except (OSError, PyCMSError, ValueError):  # a profile that does not fit its picture
        del opened.image.info["icc_profile"]
        return opened
