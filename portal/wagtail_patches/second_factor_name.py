"""Second factors are made under the organisation's name, which an app and a device show beside the code.

Allauth takes the name from `django.contrib.sites`, which is not installed, or from the address of the
request, by a method of its adapter that it does not publish.
"""

from portal.models import PortalSettings
from portal.wagtail_patches import Patch

PATCH = Patch(
    "django-allauth",
    "65.21.1",
    "`DefaultMFAAdapter` in allauth/mfa/adapter.py: that `_get_site_name` is still asked for the name, "
    "for apps and for passkeys",
)


class NamedByPortal:
    """What an adapter of second factors inherits before allauth's own."""

    def _get_site_name(self) -> str:
        return PortalSettings.for_request(self.request).name
