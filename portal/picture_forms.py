"""The form in which pictures are added and changed (`WAGTAILIMAGES_IMAGE_FORM_BASE`)."""

import logging

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

logger = logging.getLogger(__name__)


class PictureField(WagtailImageField):
    """Takes a picture that can be read to its end."""

    default_error_messages = {
        "damaged": _("This picture is damaged: it breaks off in the middle. Save or send it once more."),
    }

    def to_python(self, data: object) -> object:
        """Return the file; what lies about its size or breaks off is told at the field."""
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # whatever a decoder finds in a broken file
            logger.warning("A picture could not be read: %s", type(error).__name__)
            raise ValidationError(self.error_messages["damaged"], code="damaged") from error


class PictureForm(BaseImageForm):
    """The form of a picture, wherever one is added or changed."""

    file = PictureField(label=_("File"))
