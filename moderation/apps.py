"""moderation"""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from moderation import concerns  # noqa: F401, PLC0415 - registers what it holds
