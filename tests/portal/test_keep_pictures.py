"""A picture is kept and shown without a word of what its file says beside it, and with its colours (R26)."""

import html
import random
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.images.models import Filter

from people.models import User
from portal.metadata import ORIENTATION, strip_metadata, strip_profile
from portal.models import PortalImage
from portal.picture_forms import MOVING, PictureField

WORD = b"canary-of-the-quay"
GPS, CAMERA = 0x8825, 0x0110
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + WORD + b"</x:xmpmeta>"
SHOWN = (
    "width-4|format-webp",
    "fill-4x4|format-jpeg",
    "max-165x165",
    "original",
)  # as templates and the admin


def draw(mode: str = "RGB", size: tuple[int, int] = (8, 6)) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[CAMERA], told[ORIENTATION] = WORD.decode(), orientation
    told.get_ifd(GPS).update({1: "N", 2: (48.0, 27.0, 0.0), 29: WORD.decode()})
    return told


def profile(name: bytes = WORD) -> bytes:
    """An sRGB profile that names the screen of its owner, as operating systems write them."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = int.from_bytes(made[128:132])
    moved = bytearray(made[:128] + struct.pack(">I", count + 1))
    for entry in range(132, 132 + 12 * count, 12):
        tag, place, size = struct.unpack(">4sII", made[entry : entry + 12])
        moved += struct.pack(">4sII", tag, place + 12, size)
    moved += struct.pack(">4sII", b"dmdd", len(made) + 12, 8 + len(name)) + made[132 + 12 * count :]
    moved += b"text" + bytes(4) + name
    return struct.pack(">I", len(moved)) + bytes(moved[4:48]) + name[:4] + bytes(moved[52:])


def save(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def after_first(data: bytes, place: int, more: bytes) -> bytes:
    return data[:place] + more + data[place:]


def segment(kind: int, payload: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(payload) + 2) + payload


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def riff_chunk(kind: bytes, payload: bytes) -> bytes:
    return kind + struct.pack("<I", len(payload)) + payload + bytes(len(payload) % 2)


def resized_riff(data: bytes) -> bytes:
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def texts() -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", WORD.decode())
    told.add_text("Software", WORD.decode(), zip=True)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    told.add_itxt("Comment", WORD.decode(), zip=True)
    return told


def gif_of(*more: bytes) -> bytes:
    """A GIF with blocks before its end."""
    return save(draw("P"), "GIF")[:-1] + b"".join(more) + b"\x3b"


def blocks(*parts: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\x00"


def files() -> Iterator[tuple[str, str, bytes]]:
    """What tells, the extension under which it comes, and the file."""
    jpeg, png = save(draw(), "JPEG"), save(draw(), "PNG")
    webp = save(draw("RGBA"), "WEBP", lossless=True, exif=exif())
    gif = gif_of()
    yield "Exif with a place", "jpg", save(draw(), "JPEG", exif=exif())
    yield "a comment", "jpg", save(draw(), "JPEG", comment=WORD)
    yield "XMP", "jpg", save(draw(), "JPEG", xmp=XMP)
    yield "IPTC", "jpg", after_first(jpeg, 2, segment(0xED, b"Photoshop 3.0\x00" + WORD))
    yield "a thumbnail", "jpg", after_first(jpeg, 2, segment(0xE0, b"JFXX\x00\x13" + WORD))
    yield "a thumbnail in JFIF", "jpg", jpeg[:2] + segment(0xE0, jpeg[6:18] + b"\x01\x01" + WORD) + jpeg[20:]
    yield "a segment nobody knows", "jpg", after_first(jpeg, 2, segment(0xEB, WORD))
    yield "a comment behind padding", "jpg", after_first(jpeg, 2, b"\xff\xff\xff" + segment(0xFE, WORD))
    yield "a colour profile", "jpg", save(draw(), "JPEG", icc_profile=profile())
    progressive = save(draw(), "JPEG", progressive=True)
    yield (
        "a comment between scans",
        "jpg",
        after_first(progressive, progressive.rindex(b"\xff\xda"), segment(0xFE, WORD)),
    )
    mpo = save(draw(), "MPO", save_all=True, append_images=[draw()], exif=exif())
    yield "a phone's second picture", "jpg", mpo + save(draw(), "JPEG", exif=exif(), comment=WORD)
    yield "an archive behind the end", "jpg", jpeg + b"PK\x03\x04" + WORD
    yield "a script behind the end", "jpg", jpeg + b"<script>" + WORD
    yield "Exif", "png", save(draw(), "PNG", exif=exif())
    yield "texts, packed and not", "png", save(draw(), "PNG", pnginfo=texts())
    yield (
        "Exif in a text",
        "png",
        after_first(png, 33, png_chunk(b"tEXt", b"Raw profile type exif\x00" + WORD)),
    )
    yield "a time and a private chunk", "png", after_first(png, 33, png_chunk(b"prVt", WORD))
    yield "a palette's name", "png", after_first(png, 33, png_chunk(b"sPLT", WORD + b"\x00\x08"))
    yield (
        "a profile's name",
        "png",
        after_first(png, 33, png_chunk(b"iCCP", WORD + b"\x00\x00" + zlib.compress(profile()))),
    )
    yield "a chunk behind the end", "png", png + png_chunk(b"tEXt", b"Comment\x00" + WORD)
    yield "an archive behind a PNG", "png", png + b"PK\x03\x04" + WORD
    yield (
        "texts of frames",
        "png",
        after_first(
            save(draw(), "PNG", save_all=True, append_images=[draw().rotate(90)]),
            33,
            png_chunk(b"tEXt", b"A\x00" + WORD),
        ),
    )
    yield "Exif", "webp", webp
    yield "XMP", "webp", save(draw(), "WEBP", xmp=XMP)
    yield "a profile", "webp", save(draw(), "WEBP", icc_profile=profile())
    yield "a chunk nobody knows", "webp", resized_riff(webp + riff_chunk(b"NOTE", WORD))
    yield (
        "Exif that the head denies",
        "webp",
        resized_riff(save(draw(), "WEBP") + riff_chunk(b"EXIF", exif().tobytes())),
    )
    yield "bytes behind the end", "webp", webp + b"PK\x03\x04" + WORD
    moving = save(draw(), "WEBP", save_all=True, append_images=[draw().rotate(90)], lossless=True)
    place = moving.index(b"ANMF")
    length = int.from_bytes(moving[place + 4 : place + 8], "little")
    frame = moving[place + 8 : place + 8 + length] + riff_chunk(b"NOTE", WORD)
    rest = moving[place + 8 + length + length % 2 :]
    yield "a chunk in a frame", "webp", resized_riff(moving[:place] + riff_chunk(b"ANMF", frame) + rest)
    yield "a comment", "gif", gif_of(b"\x21\xfe" + blocks(WORD))
    yield "XMP", "gif", gif_of(b"\x21\xff" + blocks(b"XMP DataXMP", WORD))
    yield "a plain text", "gif", gif_of(b"\x21\x01" + blocks(bytes(12), WORD))
    yield "an extension nobody knows", "gif", gif_of(b"\x21\xb7" + blocks(WORD))
    yield "words where loops are counted", "gif", gif_of(b"\x21\xff" + blocks(b"NETSCAPE2.0", WORD))
    yield "an archive behind a GIF", "gif", gif + b"PK\x03\x04" + WORD


FILES = list(files())
EACH_FILE = pytest.mark.parametrize(
    ("extension", "data"), [file[1:] for file in FILES], ids=[f"{kind}: {what}" for what, kind, _ in FILES]
)


def hears(data: bytes) -> bool:
    """Whether a file tells the word, plainly or in anything that Pillow unpacks of it."""
    if WORD in data or WORD[:4] in data:
        return True
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        told = repr((picture.info, dict(picture.getexif()), picture.getexif().get_ifd(GPS)))
    return WORD.decode() in told


def cut(data: bytes, spec: str) -> bytes:
    """What readers are served of a file."""
    image = PortalImage(width=8, height=6, collection_id=1)
    output = BytesIO()
    Filter(spec).run(image, output, source=BytesIO(data))
    return output.getvalue()


@EACH_FILE
def test_r26_no_word_is_left_and_no_pixel_changes(extension: str, data: bytes) -> None:
    assert hears(data)
    stripped = strip_metadata(data)
    assert not hears(stripped)
    assert strip_metadata(stripped) == stripped
    before, after = Image.open(BytesIO(data)), Image.open(BytesIO(stripped))
    assert (after.mode, after.size) == (before.mode, before.size)
    assert after.tobytes() == before.tobytes()
    for spec in SHOWN[:2]:
        assert not hears(cut(stripped, spec))


@pytest.mark.django_db
def test_r26_what_is_stored_and_served_tells_nothing() -> None:
    for what, extension, data in FILES[10:12] + FILES[18:19] + FILES[22:23] + FILES[29:30]:
        image = PortalImage(title=what, file=ContentFile(data, f"quai.{extension}"))
        image.save()
        image.refresh_from_db()
        with image.file.open() as stored:
            kept = stored.read()
        assert not hears(kept), what
        assert (image.file_size, image.width, image.height) == (len(kept), 8, 6)
        for rendition in image.get_renditions(*SHOWN).values():
            with rendition.file.open() as served:
                assert not hears(served.read()), (what, rendition.filter_spec)


def test_r26_the_second_picture_of_a_phone_is_gone() -> None:
    data = next(data for what, _, data in FILES if what == "a phone's second picture")
    with Image.open(BytesIO(data)) as phone, Image.open(BytesIO(strip_metadata(data))) as kept:
        assert (phone.format, phone.n_frames) == ("MPO", 2)
        assert kept.format == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_r26_a_picture_stands_upright(kind: str, orientation: int) -> None:
    data = save(draw(), kind, exif=exif(orientation))
    stripped = strip_metadata(data)
    kept = {ORIENTATION: orientation} if orientation > 1 else {}
    assert dict(Image.open(BytesIO(stripped)).getexif()) == kept
    served = Image.open(BytesIO(cut(stripped, "original|format-png")))
    assert served.size == ((8, 6) if orientation < 5 else (6, 8))
    assert not served.getexif()


@pytest.mark.parametrize(("kind", "count"), [("GIF", 3), ("WEBP", 3), ("PNG", 3)])
def test_r26_what_moves_keeps_its_frames_times_and_loops(kind: str, count: int) -> None:
    frames = [draw("L").rotate(90 * turn).convert("RGB") for turn in range(count)]
    data = save(frames[0], kind, save_all=True, append_images=frames[1:], duration=70, loop=4)
    before, after = Image.open(BytesIO(data)), Image.open(BytesIO(strip_metadata(data)))
    assert after.n_frames == before.n_frames == count
    assert after.info.get("loop") == before.info.get("loop")
    for number in range(count):
        before.seek(number)
        after.seek(number)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert before.info.get("duration") == after.info.get("duration")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_r26_what_moves_is_taken_and_shown_as_its_first_frame(kind: str) -> None:
    data = save(draw(), kind, save_all=True, append_images=[draw().rotate(90)], lossless=True)
    file = SimpleUploadedFile(f"quai.{kind.lower()}", data)
    assert PictureField().clean(file).read() == data
    served = Image.open(BytesIO(cut(strip_metadata(data), "original|format-webp-lossless")))
    assert not getattr(served, "is_animated", False)
    assert served.convert("L").tobytes() == Image.open(BytesIO(data)).convert("L").tobytes()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:choose"]
)
def test_r26_who_uploads_is_told_that_a_picture_stands_still(
    name: str, signed_in, administrator: User
) -> None:
    answer = signed_in(administrator).get(reverse(name))
    page = answer.json()["html"] if answer["Content-Type"] == "application/json" else answer.text
    assert str(MOVING) in html.unescape(page)


# --- Colours ------------------------------------------------------------------------------------


def grey_of_sixteen_bits(**options: object) -> bytes:
    levels = [number * 65_535 // 63 for number in range(64)]
    return save(Image.frombytes("I;16", (8, 8), struct.pack("<64H", *levels)), "PNG", **options)


@pytest.mark.parametrize(
    "spec", ["original|format-webp|webpquality-100", "original|format-jpeg|jpegquality-100"]
)
def test_r26_grey_of_sixteen_bits_stays_grey(spec: str) -> None:
    served = Image.open(BytesIO(cut(grey_of_sixteen_bits(), spec))).convert("L").tobytes()
    assert max(abs(level - number * 255 // 63) for number, level in enumerate(served)) <= 6


def test_r26_what_is_transparent_in_grey_of_sixteen_bits_stays_so() -> None:
    data = cut(grey_of_sixteen_bits(transparency=65_535), "original|format-webp-lossless")
    alpha = Image.open(BytesIO(data)).convert("RGBA").getchannel("A").tobytes()
    assert (alpha[0], alpha[-1]) == (255, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_r26_the_colours_are_kept_without_the_name_of_the_screen(kind: str) -> None:
    data = strip_metadata(save(draw(), kind, icc_profile=profile()))
    kept = Image.open(BytesIO(data)).info["icc_profile"]
    assert WORD[:4] not in kept
    srgb = ImageCms.createProfile("sRGB")
    colours = Image.effect_mandelbrot((8, 6), (-2, -1, 1, 1), 9).convert("RGB")
    with_names = ImageCms.profileToProfile(colours, ImageCms.ImageCmsProfile(BytesIO(profile())), srgb)
    without = ImageCms.profileToProfile(colours, ImageCms.ImageCmsProfile(BytesIO(kept)), srgb)
    assert with_names.tobytes() == without.tobytes()
    served = Image.open(BytesIO(cut(data, "original|format-webp")))
    assert served.info["icc_profile"] == kept


def test_r26_a_profile_of_many_segments_is_kept_whole() -> None:
    lab = ImageCms.createProfile("sRGB")
    colours = strip_profile(ImageCms.ImageCmsProfile(lab).tobytes())
    padded = struct.pack(">I", 70_000) + colours[4:] + bytes(70_000 - len(colours))
    data = strip_metadata(save(draw(), "JPEG", icc_profile=padded))
    assert Image.open(BytesIO(data)).info["icc_profile"] == padded


@pytest.mark.parametrize(
    "broken", [b"", WORD, profile()[:140], profile()[:128] + b"\xff" * 4 + profile()[132:]]
)
def test_r26_a_broken_profile_is_left_out(broken: bytes) -> None:
    assert strip_profile(broken) == b""


def test_r26_a_profile_of_another_space_than_the_picture_does_no_harm() -> None:
    inks = bytearray(strip_profile(profile()))
    inks[16:20] = b"CMYK"
    served = cut(save(draw(), "PNG", icc_profile=bytes(inks)), "original|format-webp")
    assert "icc_profile" not in Image.open(BytesIO(served)).info


# --- What is refused ----------------------------------------------------------------------------


def other_kinds() -> Iterator[tuple[str, bytes]]:
    for kind in ("AVIF", "HEIF", "TIFF", "BMP", "ICO", "PPM"):
        yield kind, save(draw(), kind)
    yield "SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    yield "PDF", b"%PDF-1.7 " + WORD
    yield "nothing", b""


@pytest.mark.parametrize(("kind", "data"), list(other_kinds()), ids=[kind for kind, _ in other_kinds()])
def test_r26_another_kind_is_kept_under_no_name(kind: str, data: bytes) -> None:
    with pytest.raises(ValueError, match="kind"):
        strip_metadata(data)
    for extension in ("jpg", "png", "webp", "gif", "avif", "heic", "svg"):
        with pytest.raises(Exception, match=r"."):
            PictureField().clean(SimpleUploadedFile(f"quai.{extension}", data))


@settings(max_examples=150)
@given(
    file=st.sampled_from(FILES), seed=st.integers(0, 2**32), hits=st.integers(1, 6), length=st.floats(0.1, 1)
)
def test_r26_a_broken_file_is_refused_or_tells_nothing(
    file: tuple[str, str, bytes], seed: int, hits: int, length: float
) -> None:
    """Whatever is broken in it: no other error than the one that the form knows."""
    chance, data = random.Random(seed), bytearray(file[2])  # noqa: S311 - no secret
    for _ in range(hits):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[int(len(data) * length) :]
    try:
        stripped = strip_metadata(bytes(data))
    except ValueError:
        return
    assert strip_metadata(stripped) == stripped
