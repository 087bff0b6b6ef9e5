"""What every app builds on: pages, settings, media, who may read a page. It knows no feature."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import checks, signals, widgets  # noqa: F401, PLC0415 - each registers what it holds
        from portal.guards import lay_guards  # noqa: PLC0415
        from portal.wagtail_patches import apply_patches  # noqa: PLC0415

        apply_patches()
        post_migrate.connect(lay_guards, dispatch_uid="portal.guards")
