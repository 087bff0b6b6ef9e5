"""Files that an editor offers for download."""

from wagtail.documents.models import AbstractDocument, Document


class PortalDocument(AbstractDocument):
    """A document; its collection says who may have it."""

    admin_form_fields = Document.admin_form_fields

    @property
    def stream_url(self) -> str:
        """Where a player may fetch parts of the file (a video); `url` offers the whole to keep."""
        return self.file.url
