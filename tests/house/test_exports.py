"""Every list that can be taken away is written in one place (R27, R36)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal.wagtail_patches.exports import REPLACED
from tests.house.test_text import APPS

ROOT = Path(__file__).parents[2]
WRITERS = {"csv", "openpyxl"}
WRITE_HERE = {ROOT / "portal/spreadsheets.py", ROOT / "portal/wagtail_patches/exports.py"}
SIGNS_OF_AN_EXPORT = ("list_export", "as_spreadsheet", "export_filename", "write_xlsx", "stream_csv")


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def view_of(callback: Any) -> type | None:
    """Return the class behind an address; of a register, the one of its list."""
    while callback is not None:
        if view_class := getattr(callback, "view_class", None):
            return view_class
        if owner := getattr(callback, "__self__", None):
            return getattr(owner, "index_view_class", None)
        callback = getattr(callback, "__wrapped__", None)
    return None


VIEWS = {view for route in routes(get_resolver().url_patterns) if (view := view_of(route.callback))}
EXPORTS = sorted(
    (view for view in VIEWS if any(hasattr(view, name) for name in SIGNS_OF_AN_EXPORT)),
    key=lambda view: f"{view.__module__}.{view.__qualname__}",
)


def test_r36_the_walk_meets_exports_of_wagtail_and_ours() -> None:
    modules = {kind.__module__.partition(".")[0] for view in EXPORTS for kind in view.__mro__}
    assert {"wagtail", "wagtail_modeladmin", "moderation", "people"} <= modules
    assert len(EXPORTS) > 15


@pytest.mark.parametrize("view", EXPORTS, ids=lambda view: f"{view.__module__}.{view.__qualname__}")
def test_r36_every_export_is_written_by_portal_spreadsheets(view: type) -> None:
    assert issubclass(view, SpreadsheetExportMixin), (
        f"{view.__qualname__} exports by itself: let it inherit SpreadsheetExportMixin."
    )
    for method in REPLACED:
        assert getattr(view, method.__name__) is method, (
            f"{view.__qualname__}.{method.__name__} must be that of wagtail_patches.exports, for formulas."
        )


def test_r36_nothing_else_writes_spreadsheets() -> None:
    for app in set(APPS) - {"demo"}:
        for path in (ROOT / app).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imported = {
                name.partition(".")[0]
                for node in ast.walk(tree)
                for name in (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
            }
            assert path in WRITE_HERE or not imported & WRITERS, (
                f"{path.relative_to(ROOT)} writes a spreadsheet by itself: let portal.spreadsheets do it."
            )
