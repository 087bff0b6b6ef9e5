"""Our apps. They are listed once, in `pyproject.toml`, as the packages whose imports are held."""

import tomllib

from django.conf import settings

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
APPS: tuple[str, ...] = tuple(PROJECT["tool"]["importlinter"]["root_packages"])
