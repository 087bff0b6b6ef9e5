"""The conversation: dialogues, comments, threads, and comments featured in pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    name = "dialogue"
    verbose_name = _("Dialogue")

    def ready(self) -> None:
        from dialogue import checks, consequences, signals  # noqa: F401, PLC0415 - registers what they hold
