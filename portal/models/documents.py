"""Files that an editor offers for download."""

from django.template.defaultfilters import filesizeformat
from wagtail.documents.models import AbstractDocument, Document


class PortalDocument(AbstractDocument):
    """A document; its collection says who may have it."""

    admin_form_fields = Document.admin_form_fields

    @property
    def facts(self) -> str:
        """Its kind and, where it is known, its size: what somebody asks before fetching it."""
        kind = self.file_extension.upper()
        return f"{kind}, {filesizeformat(self.file_size)}" if self.file_size else kind

    @property
    def stream_url(self) -> str:
        """Where a player may fetch parts of the file (a video); `url` offers the whole to keep."""
        return self.file.url
