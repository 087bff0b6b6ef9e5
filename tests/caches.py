"""Forgetting what was kept, between one test and the next."""

from django.conf import settings
from django.core.cache import caches


def clear_caches() -> None:
    """Empty every cache of the portal."""
    for name in settings.CACHES:
        caches[name].clear()
