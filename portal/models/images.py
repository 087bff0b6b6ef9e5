"""Pictures, their credit, and the renditions made of them."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, ImageQuerySet
from wagtail.models import CollectionViewRestriction

from portal.metadata import strip_metadata


class PortalImageQuerySet(ImageQuerySet):
    """Many pictures."""

    def public(self) -> "PortalImageQuerySet":
        """Those that nobody is kept from seeing."""
        closed = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        return self.exclude(
            models.Q(*(("collection__path__startswith", path) for path in closed), _connector="OR")
        )


class PortalImage(AbstractImage):
    """A picture; its collection says who may see it."""

    credit = models.CharField(_("credit"), max_length=160, blank=True)

    file: Any  # Wagtail's field: any file is given to it, and a stored one is read from it

    objects = PortalImageQuerySet.as_manager()

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: object, **kwargs: object) -> None:
        """Store the picture; a new file first loses what it tells of place, time and camera.

        Raises ValueError for a file of a kind that `portal.metadata` does not know: who knows what it tells.
        """
        # Django's own mark of a file that no storage holds yet.
        if self.file and not self.file._committed:
            self._strip_new_file()
        super().save(*args, **kwargs)

    def _strip_new_file(self) -> None:
        name = self.file.name
        with self.open_file() as opened:
            data = opened.read()
        stripped = strip_metadata(data)
        if stripped == data:
            return
        self.file = ContentFile(stripped, name=name)
        self._set_image_file_metadata()


class PortalRendition(AbstractRendition):
    """One size and format of a picture, made once."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            # By these Wagtail finds a rendition, or makes it.
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="portal_rendition_unique"
            )
        ]
