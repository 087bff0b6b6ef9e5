"""Takes out of picture files what they tell beside the picture: where it was taken, when, with what, by whom.

The pixels are left untouched. Which way is up and what the colours mean are written anew, for the picture
needs them. Of the rest, only what is known to carry pixels is kept: what this module does not know may tell.
"""

import contextlib
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image

JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
JPEG_SCAN, JPEG_FRAME_DATA, JPEG_ADOBE = 0xDA, 0xE0, 0xEE
# Frames and their tables, quantisation, lines, restarts. Of the application's segments two are kept, in part.
JPEG_KEPT = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD} - {0xC8}
JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers with nothing behind them
JPEG_MARKER = re.compile(rb"\xff+[^\x00\xff]")
JPEG_SCAN_ENDS = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
JFIF, ADOBE = b"JFIF\x00", b"Adobe"
JFIF_LENGTH, ADOBE_LENGTH = 12, 12  # of the payload, without a thumbnail
ICC_MARK = b"ICC_PROFILE\x00"
ICC_LENGTH = 65_519  # of a profile's part in one segment

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
    *(b"gAMA", b"cHRM", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs"),
    *(b"acTL", b"fcTL", b"fdAT"),
}

WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"}
WEBP_FRAME_LENGTH = 16  # of an animation's frame, before its own chunks
WEBP_HAS_ICC, WEBP_HAS_EXIF, WEBP_HAS_XMP = 0x20, 0x08, 0x04  # in the VP8X chunk

GIF_SIGNATURES = (b"GIF87a", b"GIF89a")
GIF_IMAGE, GIF_EXTENSION, GIF_END = 0x2C, 0x21, 0x3B
GIF_CONTROL, GIF_APPLICATION = 0xF9, 0xFF
GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
GIF_CONTROL_LENGTH, GIF_LOOPS_LENGTH = 5, 4  # with the byte that says it

ORIENTATION = 0x0112
UPRIGHT = 1

ICC_HEADER, ICC_TAG = 128, 12
# What a profile says of colours; its other tags name a camera, a screen, an owner.
ICC_COLOURS = re.compile(
    rb"[rgbk](?:XYZ|TRC)|[AB]2[AB]\d|[BD]2[BD]\d|wtpt|bkpt|chad|gamt|chrm|cicp|lumi|view|meas"
)
ICC_TOLD = ((4, 8), (24, 36), (40, 44), (48, 64), (80, 128))  # maker, date, system, device and author, digest


def strip_metadata(data: bytes) -> bytes:
    """Return the JPEG, PNG, WebP or GIF file `data` without what it tells; the second time changes nothing.

    Raises ValueError for a file of another kind, and for one that breaks off in the middle.
    """
    for starts, strip in STRIPPED:
        if starts(data):
            try:
                return strip(data)
            except (IndexError, OSError, SyntaxError, struct.error) as error:
                raise ValueError("The file breaks off in the middle.") from error
    raise ValueError("The file is of a kind that is not kept.")


# --- What the picture needs ---------------------------------------------------------------------


def _needs_of(data: bytes) -> tuple[bytes, bytes]:
    """Return which way is up, as Exif that says nothing else, and the colour profile; both may be empty."""
    with Image.open(BytesIO(data)) as picture:
        profile = strip_profile(picture.info.get("icc_profile") or b"")
        orientation = _orientation_of(picture)
    if orientation == UPRIGHT:
        return b"", profile
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes(), profile


def _orientation_of(picture: Image.Image) -> int:
    """Return which way is up; Exif that cannot be read says nothing of it."""
    with contextlib.suppress(KeyError, OSError, SyntaxError, TypeError, ValueError, struct.error):
        orientation = picture.getexif().get(ORIENTATION, UPRIGHT)
        if orientation in range(UPRIGHT, 9):
            return int(orientation)
    return UPRIGHT


def strip_profile(profile: bytes) -> bytes:
    """Return a colour profile in which only the colours are left; empty for a broken one."""
    length = int.from_bytes(profile[:4])
    if not ICC_HEADER + 4 <= length <= len(profile) or profile[36:40] != b"acsp":
        return b""
    kept = bytearray(length)
    kept[:ICC_HEADER] = profile[:ICC_HEADER]
    for start, end in ICC_TOLD:
        kept[start:end] = bytes(end - start)
    table_end = ICC_HEADER + 4 + ICC_TAG * int.from_bytes(profile[ICC_HEADER : ICC_HEADER + 4])
    if table_end > length:
        return b""
    kept[ICC_HEADER:table_end] = profile[ICC_HEADER:table_end]
    for entry in range(ICC_HEADER + 4, table_end, ICC_TAG):
        tag, place, size = struct.unpack(">4sII", profile[entry : entry + ICC_TAG])
        if place < table_end or place + size > length:
            return b""
        # A tag that tells keeps its type, so that it is there and empty.
        end = place + (size if ICC_COLOURS.fullmatch(tag) else min(size, 4))
        kept[place:end] = profile[place:end]
    return bytes(kept)


# --- JPEG ---------------------------------------------------------------------------------------


def _strip_jpeg(data: bytes) -> bytes:
    exif, profile = _needs_of(data)
    segments = list(_jpeg_segments(data))
    first = [kept for kind, kept in segments if kind == JPEG_FRAME_DATA]
    rest = [kept for kind, kept in segments if kind != JPEG_FRAME_DATA]
    told = [_jpeg_segment(0xE1, exif)] if exif else []
    parts = [profile[place : place + ICC_LENGTH] for place in range(0, len(profile), ICC_LENGTH)]
    for number, part in enumerate(parts, start=1):
        told.append(_jpeg_segment(0xE2, ICC_MARK + bytes([number, len(parts)]) + part))
    return b"".join([JPEG_START, *first[:1], *told, *rest, JPEG_END])


def _jpeg_segment(kind: int, payload: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(payload) + 2) + payload


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what is kept of the first picture, up to its end; a scan with the pixels behind it."""
    place = len(JPEG_START)
    has_pixels = False
    while found := JPEG_MARKER.search(data, place):  # decoders skip what stands between segments
        kind, place = data[found.end() - 1], found.end()
        if kind == JPEG_END[1]:
            break
        if kind in JPEG_ALONE:
            continue
        (length,) = struct.unpack(">H", data[place : place + 2])
        payload = data[place + 2 : place + length]
        if length < 2 or len(payload) != length - 2:
            raise ValueError("The file breaks off in the middle.")
        place += length
        if kind == JPEG_SCAN:
            has_pixels = True
            ends = JPEG_SCAN_ENDS.search(data, place)
            end = ends.start() if ends else len(data.rstrip(b"\xff"))
            yield kind, _jpeg_segment(kind, payload) + data[place:end]
            place = end
        elif kind in JPEG_KEPT:
            yield kind, _jpeg_segment(kind, payload)
        elif kind == JPEG_FRAME_DATA and payload.startswith(JFIF):
            yield kind, _jpeg_segment(kind, payload[:JFIF_LENGTH] + b"\x00\x00")
        elif kind == JPEG_ADOBE and payload.startswith(ADOBE):
            yield kind, _jpeg_segment(kind, payload[:ADOBE_LENGTH])
    if not has_pixels:
        raise ValueError("The file breaks off in the middle.")


# --- PNG ----------------------------------------------------------------------------------------


def _strip_png(data: bytes) -> bytes:
    exif, profile = _needs_of(data)
    chunks = [chunk for kind, chunk in _png_chunks(data) if kind in PNG_KEPT]
    told = [_png_chunk(b"iCCP", b"icc\x00\x00" + zlib.compress(profile))] if profile else []
    if exif:
        told.append(_png_chunk(b"eXIf", exif.removeprefix(b"Exif\x00\x00")))
    return PNG_SIGNATURE + b"".join([*chunks[:1], *told, *chunks[1:]])


def _png_chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_SIGNATURE)
    while True:
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        if end > len(data):
            raise ValueError("The file breaks off in the middle.")
        if kind == b"IEND":
            yield kind, _png_chunk(kind, b"")
            return
        yield kind, data[place:end]
        place = end


# --- WebP ---------------------------------------------------------------------------------------


def _strip_webp(data: bytes) -> bytes:
    exif, profile = _needs_of(data)
    exif = exif.removeprefix(b"Exif\x00\x00")
    chunks = [
        _strip_webp_chunk(*chunk)
        for chunk in _riff_chunks(data[12 : 8 + int.from_bytes(data[4:8], "little")])
    ]
    if chunks and chunks[0].startswith(b"VP8X"):
        flags = chunks[0][8] & ~(WEBP_HAS_ICC | WEBP_HAS_EXIF | WEBP_HAS_XMP)
        flags |= (WEBP_HAS_ICC if profile else 0) | (WEBP_HAS_EXIF if exif else 0)
        chunks[0] = chunks[0][:8] + bytes([flags]) + chunks[0][9:]
        chunks[1:1] = [_riff_chunk(b"ICCP", profile)] if profile else []
        chunks += [_riff_chunk(b"EXIF", exif)] if exif else []
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _strip_webp_chunk(kind: bytes, payload: bytes) -> bytes:
    if kind not in WEBP_KEPT:
        return b""
    if kind == b"ANMF":
        parts = _riff_chunks(payload[WEBP_FRAME_LENGTH:])
        payload = payload[:WEBP_FRAME_LENGTH] + b"".join(_strip_webp_chunk(*part) for part in parts)
    return _riff_chunk(kind, payload)


def _riff_chunk(kind: bytes, payload: bytes) -> bytes:
    return kind + struct.pack("<I", len(payload)) + payload + bytes(len(payload) % 2)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[place : place + 8])
        payload = data[place + 8 : place + 8 + length]
        if len(payload) != length:
            raise ValueError("The file breaks off in the middle.")
        yield kind, payload
        place += 8 + length + length % 2


# --- GIF ----------------------------------------------------------------------------------------


def _strip_gif(data: bytes) -> bytes:
    place = 13 + _colours_length(data[10])
    kept, has_pixels = [data[:place]], False
    while place < len(data) and (kind := data[place]) != GIF_END:
        if kind == GIF_IMAGE:
            has_pixels = True
            start = place + 11 + _colours_length(data[place + 9])
            blocks, end = _gif_blocks(data, start)
            kept.append(data[place:start] + b"".join(blocks) + b"\x00")
        elif kind == GIF_EXTENSION:
            blocks, end = _gif_blocks(data, place + 2)
            kept.append(_strip_gif_extension(data[place + 1], blocks))
        else:
            raise ValueError("The file is not a GIF after its first bytes.")
        place = end
    if not has_pixels:
        raise ValueError("The file breaks off in the middle.")
    return b"".join([*kept, bytes([GIF_END])])


def _strip_gif_extension(label: int, blocks: list[bytes]) -> bytes:
    """Return how long a frame stands and how often all of them run; of the other extensions, nothing."""
    start = bytes([GIF_EXTENSION, label])
    match blocks:
        case [control, *_] if label == GIF_CONTROL and len(control) == GIF_CONTROL_LENGTH:
            return start + control + b"\x00"
        case [name, loops, *_] if label == GIF_APPLICATION and _says_loops(name, loops):
            return start + name + loops + b"\x00"
    return b""


def _says_loops(name: bytes, loops: bytes) -> bool:
    return name[1:] in GIF_LOOPS and len(loops) == GIF_LOOPS_LENGTH


def _gif_blocks(data: bytes, place: int) -> tuple[list[bytes], int]:
    """Return the blocks that begin at `place`, each with its length before it, and where they end."""
    blocks = []
    while length := data[place]:
        blocks.append(data[place : place + 1 + length])
        place += 1 + length
    return blocks, place + 1


def _colours_length(flags: int) -> int:
    return 3 * 2 ** (1 + flags % 8) if flags >= 128 else 0


STRIPPED: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (lambda data: data.startswith(JPEG_START), _strip_jpeg),
    (lambda data: data.startswith(PNG_SIGNATURE), _strip_png),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _strip_webp),
    (lambda data: data.startswith(GIF_SIGNATURES), _strip_gif),
)
