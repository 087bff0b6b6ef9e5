"""The folder of what erasures leave, for tests that read it."""

from pathlib import Path
from typing import Any


def keep_notes_in(settings: Any, folder: Path) -> Path:
    """Have what erasures leave written to `folder`, which need not be there yet."""
    kind = settings.STORAGES["erasures"]
    kind = kind | {"OPTIONS": kind["OPTIONS"] | {"location": folder}}
    settings.STORAGES = settings.STORAGES | {"erasures": kind}
    return folder
