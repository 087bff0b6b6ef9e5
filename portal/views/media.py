"""Serves pictures and videos, to those who may see the collection that they are kept in."""

from pathlib import PurePosixPath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
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


@require_safe
def serve_media(request: HttpRequest, path: str) -> FileResponse:
    """Serve the file at `path`, or say "not found" for all that is not there or not for this viewer.

    Documents are offered at their own address; of these, only videos are served here, for players. A file is
    always sent whole: the range that a player asks for is cut out by the proxy (`deploy/nginx.conf`).
    """
    found = find_file(path)
    if found is None:
        raise Http404
    file, collection, content_type = found
    restrictions = list(collection.get_view_restrictions())
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    try:
        response = FileResponse(file.storage.open(path), content_type=content_type)
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
