"""How a site moderates: for how long authors may appeal."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting

from portal.models.settings import RememberedSetting

LONGEST_APPEAL = 365  # days: by then the words may be gone


@register_setting(icon="clipboard-list")
class ModerationSettings(RememberedSetting):
    """What moderation promises to authors on a site."""

    appeal_days = models.PositiveSmallIntegerField(
        _("how long authors may appeal"),
        default=30,
        validators=[MaxValueValidator(LONGEST_APPEAL)],
        help_text=_(
            "In days, from when a comment was rejected or hidden. Somebody else decides on the appeal. 0: "
            "not at all."
        ),
    )

    panels = [FieldPanel("appeal_days")]

    class Meta:
        verbose_name = _("moderation settings")
