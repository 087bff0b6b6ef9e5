"""The form in which pictures are added and changed (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

import logging

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.metadata import strip_metadata

MOVING = _("Of a picture that moves, readers see the first frame: use a video to show movement.")
logger = logging.getLogger(__name__)


class PictureField(WagtailImageField):
    """Takes a picture that can be read to its end, and says before what becomes of one that moves."""

    default_error_messages = {
        "damaged": _("This picture is damaged: it breaks off in the middle. Save or send it once more."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = format_lazy(
            "{formats} {moving}",
            formats=self.help_text,
            moving=MOVING,
        )

    def to_python(self, data: object) -> object:
        """Return the file; what lies about its size or breaks off is told at the field."""
        try:
            file = super().to_python(data)
            if file:
                # For what it finds wrong, while the form can say so: what is stored is stripped on saving.
                strip_metadata(file.read())
                file.seek(0)
            return file
        except ValidationError:
            raise
        except Exception as error:  # whatever a decoder finds in a broken file
            logger.warning("Uploaded image could not be decoded: %s", type(error).__name__)
            raise ValidationError(self.error_messages["damaged"], code="damaged") from error


class PictureForm(BaseImageForm):
    """The form of a picture, wherever one is added or changed.

    Where several were sent at once, each has a form without its file: the field is not declared.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PictureField(label=_("File"), required=stock.required, widget=stock.widget)
