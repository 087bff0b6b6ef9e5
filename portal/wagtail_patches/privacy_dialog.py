"""The dialog that closes a page tells first what follows from it.

Wagtail has no hook for the form of its dialog, so the view is given ours.
"""

from typing import Any

from wagtail.admin.views.page_privacy import SetPrivacyView

from portal.privacy import PrivacyForm
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`SetPrivacyView` in wagtail/admin/views/page_privacy.py, how it makes its form, and at "
    "wagtailadmin/shared/set_privacy.html, of which templates/ has a copy of ours",
)


def apply() -> None:
    """Let Wagtail's dialog use our form."""
    take_arguments = SetPrivacyView.get_form_kwargs

    def get_form_kwargs(self: SetPrivacyView) -> dict[str, Any]:
        return {**take_arguments(self), "page": self.page, "viewer": self.request.user}

    SetPrivacyView.form_class = PrivacyForm
    SetPrivacyView.get_form_kwargs = get_form_kwargs
