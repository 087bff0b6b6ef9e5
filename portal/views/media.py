"""Serves pictures and videos, to those who may see the collection that they are kept in."""

import re
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.views.decorators.http import require_safe
from wagtail.models import Collection

from portal.models import PortalDocument, PortalImage, PortalRendition

PICTURE_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
VIDEO_TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
FOR_EVER = "public, max-age=31536000, immutable"  # another picture gets another name
FOR_NOBODY = "private, no-store"
BYTE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the file at `path`, or say "not found" for all that is not there or not for this viewer.

    Documents are offered at their own address; of these, only videos are served here, for players.
    """
    found = find_file(path)
    if found is None:
        raise Http404
    file, collection, content_type = found
    restrictions = list(collection.get_view_restrictions())
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    try:
        response = stream_file(request, file.storage.open(path), file.size, content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = FOR_NOBODY if restrictions else FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    # What is for everybody may be shown elsewhere: feed readers and those who link to us do.
    response["Cross-Origin-Resource-Policy"] = "same-origin" if restrictions else "cross-origin"
    return response


def find_file(path: str) -> tuple[FieldFile, Collection, str] | None:
    """Return the file kept at `path`, its collection and its content type; None for what we do not show."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in PICTURE_TYPES:
        rendition = PortalRendition.objects.filter(file=path).select_related("image__collection").first()
        if rendition:
            return rendition.file, rendition.image.collection, PICTURE_TYPES[suffix]
        image = PortalImage.objects.filter(file=path).select_related("collection").first()
        return (image.file, image.collection, PICTURE_TYPES[suffix]) if image else None
    if suffix in VIDEO_TYPES:
        document = PortalDocument.objects.filter(file=path).select_related("collection").first()
        return (document.file, document.collection, VIDEO_TYPES[suffix]) if document else None
    return None


def stream_file(
    request: HttpRequest, file: BinaryIO | File, size: int, content_type: str
) -> HttpResponseBase:
    """Return the whole file, or the one range asked for, as players do to jump ahead."""
    asked = BYTE_RANGE.fullmatch(request.headers.get("Range", ""))
    bounds = byte_bounds(asked[1], asked[2], size) if asked else (0, size - 1)
    if bounds is None:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if not asked or bounds == (0, size - 1):
        response: HttpResponseBase = FileResponse(file, content_type=content_type)
    else:
        first, last = bounds
        file.seek(first)
        response = FileResponse(Slice(file, last - first + 1), status=206, content_type=content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def byte_bounds(start: str, end: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a range; None when the file has no such bytes."""
    if start:
        first, last = int(start), min(int(end) if end else size - 1, size - 1)
    elif end:  # the last so many bytes
        first, last = max(size - int(end), 0), size - 1
    else:
        return None
    return (first, last) if first <= last else None


class Slice:
    """The next `length` bytes of an open file, read as a file and closed with it."""

    def __init__(self, file: BinaryIO | File, length: int) -> None:
        self.file, self.left = file, length

    def read(self, size: int) -> bytes:
        piece = self.file.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.file.close()
