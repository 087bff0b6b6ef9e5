"""The demonstration content and the commands that build it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed in development and in tests only."""

    name = "demo"
