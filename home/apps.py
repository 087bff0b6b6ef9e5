"""Home: the front page, plain pages, navigation, search, and the command that sets the portal up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        import home.signals  # noqa: PLC0415, F401
