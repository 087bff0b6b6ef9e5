"""A picture keeps its pixels and loses what it tells: place, time, camera, author (L18)."""

import contextlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, PngImagePlugin

from portal.metadata import ORIENTATION, strip_metadata
from portal.models import PortalImage

GPS, CAMERA = 0x8825, 0x0110


def make_file(kind: str, orientation: int = 1) -> bytes:
    picture = Image.linear_gradient("L").convert("RGB").resize((120, 80))
    exif = Image.Exif()
    exif[CAMERA] = "canary-camera"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (48.0, 27.0, 0.0)
    extra = {}
    if kind == "PNG":
        extra["pnginfo"] = PngImagePlugin.PngInfo()
        extra["pnginfo"].add_text("Author", "canary-author")
    if kind == "JPEG":
        extra["comment"] = b"canary-comment"
    file = BytesIO()
    picture.save(file, kind, exif=exif, **extra)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_told_and_no_pixel_changes(kind: str) -> None:
    before = make_file(kind)
    after = strip_metadata(before)
    assert b"canary" in before
    assert b"canary" not in after
    first, second = Image.open(BytesIO(before)), Image.open(BytesIO(after))
    assert first.tobytes() == second.tobytes()
    assert not second.getexif().get_ifd(GPS)
    assert strip_metadata(after) == after


def test_which_way_is_up_is_kept() -> None:
    after = strip_metadata(make_file("JPEG", orientation=6))
    assert dict(Image.open(BytesIO(after)).getexif()) == {ORIENTATION: 6}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("length", [2, 9, 13, 40, 200])
def test_a_file_that_breaks_off_never_does_worse_than_refuse(kind: str, length: int) -> None:
    with contextlib.suppress(ValueError):
        strip_metadata(make_file(kind)[:length])


def test_other_files_are_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        strip_metadata(b"%PDF-1.7")


@pytest.mark.django_db
def test_a_picture_is_stripped_when_it_is_stored() -> None:
    image = PortalImage(title="Quai", file=ContentFile(make_file("JPEG"), "quai.jpg"))
    image.save()
    with image.file.open() as stored:
        assert b"canary" not in stored.read()
    assert (image.width, image.height) == (120, 80)
    assert image.file_size == image.file.size
    name = image.file.name
    image.title = "Le quai"
    image.save()
    assert image.file.name == name
