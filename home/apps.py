"""Home: the front page, plain pages, navigation, search, and the command that sets the portal up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.models import Collection  # noqa: PLC0415

        import home.signals  # noqa: PLC0415, F401
        from home.actions.setup import INTERNAL  # noqa: PLC0415
        from portal.wagtail_patches.stored_names import show_own_name  # noqa: PLC0415

        show_own_name(Collection, INTERNAL)
