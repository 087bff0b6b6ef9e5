"""Takes out of picture files what they tell beside the picture: where it was taken, when, with what, by whom.

The pixels are left untouched. Which way is up and what the colours mean are kept, for the picture needs them.
"""

import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

JPEG_START = b"\xff\xd8"
JPEG_SCAN = 0xDA  # from here on, pixels
JPEG_TELLING = {0xE1, 0xED, 0xFE}  # Exif and XMP, IPTC, comments
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_TELLING = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
WEBP_TELLING = {b"EXIF", b"XMP "}
WEBP_TELLING_FLAGS = 0b0000_1100  # in the VP8X chunk: "there is Exif", "there is XMP"
ORIENTATION = 0x0112
UPRIGHT = 1


def strip_metadata(data: bytes) -> bytes:
    """Return the JPEG, PNG or WebP file `data` without what it tells; any other file as it is.

    Raises ValueError for a file that breaks off in the middle.
    """
    try:
        if data.startswith(JPEG_START):
            return _strip_jpeg(data)
        if data.startswith(PNG_SIGNATURE):
            return PNG_SIGNATURE + b"".join(
                chunk for kind, chunk in _png_chunks(data) if kind not in PNG_TELLING
            )
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _strip_webp(data)
    except (IndexError, OSError, struct.error) as error:
        raise ValueError("The file breaks off in the middle.") from error
    return data


def _strip_jpeg(data: bytes) -> bytes:
    kept = [JPEG_START, _orientation_segment(data)]
    place = len(JPEG_START)
    while True:
        while data[place] == 0xFF and data[place + 1] == 0xFF:  # padding between segments
            place += 1
        if data[place] != 0xFF:
            raise ValueError("The file is not a JPEG after its first bytes.")
        kind = data[place + 1]
        if kind == JPEG_SCAN:
            return b"".join([*kept, data[place:]])
        (length,) = struct.unpack(">H", data[place + 2 : place + 4])
        if kind not in JPEG_TELLING:
            kept.append(data[place : place + 2 + length])
        place += 2 + length


def _orientation_segment(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as picture:
        orientation = picture.getexif().get(ORIENTATION, UPRIGHT)
    if orientation not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    body = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_SIGNATURE)
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        yield kind, data[place:end]
        if kind == b"IEND":
            return
        place = end


def _strip_webp(data: bytes) -> bytes:
    chunks = []
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack("<4sI", data[place : place + 8])
        end = place + 8 + length + length % 2
        chunk = data[place:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_TELLING_FLAGS]) + chunk[9:]
        if kind not in WEBP_TELLING:
            chunks.append(chunk)
        place = end
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body
