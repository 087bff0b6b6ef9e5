"""What every reader loads stays small, whatever is added to it."""

import gzip
import re
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "portal" / "static"
STYLES_AT_MOST = 30_000  # bytes of all styles of the public site, compressed as they are sent
SCRIPTS_AT_MOST = 20_000  # and of all its scripts
IMPORT = re.compile(r'@import "([^"]+)"')


def compressed(paths: list[Path]) -> dict[str, int]:
    """Return how many bytes each file takes on the line."""
    return {path.name: len(gzip.compress(path.read_bytes(), 6)) for path in paths}


def report(sizes: dict[str, int]) -> str:
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    return (
        f"{sum(sizes.values())} bytes; the largest: {largest}. Take something out before something goes in."
    )


def test_styles_stay_within_their_budget():
    sheet = STATIC / "css" / "parley.css"
    files = [sheet, *(sheet.parent / name for name in IMPORT.findall(sheet.read_text()))]
    sizes = compressed(files)
    assert sum(sizes.values()) <= STYLES_AT_MOST, report(sizes)


def test_scripts_stay_within_their_budget():
    sizes = compressed(sorted((STATIC / "js").glob("*.js")))
    assert sizes
    assert sum(sizes.values()) <= SCRIPTS_AT_MOST, report(sizes)
