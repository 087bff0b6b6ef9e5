"""What people may choose for themselves in the admin: what has an effect here, and nothing else.

Wagtail has no setting for either of the panels.
"""

from typing import Any

from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import NameEmailSettingsPanel, NotificationsSettingsPanel

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "the panels in wagtail/admin/views/account.py, and the fields of `NotificationPreferencesForm` in "
    "wagtail/admin/forms/account.py",
)


class ReviewMailForm(NotificationPreferencesForm):
    """Which messages about reviews of pages one gets; editors' remarks to each other are switched off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("updated_comments_notifications", None)


def apply() -> None:
    """Leave out the switch for messages that are never sent, and the name, which administrators keep."""
    NotificationsSettingsPanel.form_class = ReviewMailForm
    NameEmailSettingsPanel.is_active = lambda panel: False
