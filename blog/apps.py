"""Articles: what the organisation publishes, and who wrote it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        from blog import signals  # noqa: F401, PLC0415 - registers what it holds
