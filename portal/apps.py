"""What every app builds on: pages, settings, media, who may read a page. It knows no feature."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import checks, signals, widgets  # noqa: F401, PLC0415 - each registers what it holds
        from portal.wagtail_patches import apply_patches  # noqa: PLC0415

        apply_patches()
