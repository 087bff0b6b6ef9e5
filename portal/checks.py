"""System checks of the frame: what would only show when a reader asks is said at the start."""

import os
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from portal.wagtail_patches import outdated_patches

OTHERS = 0o077  # the rights of all but the owner
FAULT_PAGES = (400, 403, 404, 405, 413, 429, 500, 503)


@register(Tags.templates)
def check_fault_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every fault has its page: a missing one would be noticed at the worst moment."""
    return [
        Error(
            f"The page for status {status} is missing.",
            hint=f"Write templates/{status}.html on top of templates/errors/_base.html.",
            id="portal.E001",
        )
        for status in FAULT_PAGES
        if not _has_template(f"{status}.html")
    ]


@register(Tags.compatibility)
def check_patches(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whatever of a library is changed here was looked at in the version that is installed."""
    return [
        Error(
            f"The patch “{name}” was written for {patch.distribution} {patch.version}, and {patch.installed} "
            "is installed.",
            hint=f"Look at {patch.look_at}. When the patch is right, write the new version into "
            f"portal/wagtail_patches/{name}.py (docs/how-to/upgrade-a-library.md).",
            id="portal.E005",
        )
        for name, patch in outdated_patches()
    ]


@register(Tags.files)
def check_data_folder(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The folder for data can be written to."""
    folder = Path(settings.VAR_DIR)
    if folder.is_dir() and os.access(folder, os.W_OK):
        return []
    return [
        Error(
            f"The folder for data, {folder}, cannot be written to.",
            hint="Give it to the user that runs the site, or name another in PARLEY_DATA.",
            id="portal.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_data_is_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What people said and where they are reached is read by the user alone who runs the site."""
    database = settings.DATABASES["default"]
    files = [Path(settings.MEDIA_ROOT)]
    if database["ENGINE"].endswith("sqlite3"):
        files.append(Path(database["NAME"]))
    return [
        Warning(
            f"{file} can be read by others on this machine.",
            hint=f"Run: chmod {'0700' if file.is_dir() else '0600'} {file}",
            id="portal.W004",
        )
        for file in files
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & OTHERS
    ]


@register(Tags.security, deploy=True)
def check_base_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Links in mail lead to an encrypted address."""
    if settings.WAGTAILADMIN_BASE_URL.startswith("https://"):
        return []
    return [
        Warning(
            "The address of the site is not encrypted, and links in mail will lead there.",
            hint="Set PARLEY_BASE_URL to an address that begins with https://.",
            id="portal.W003",
        )
    ]


def _has_template(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
