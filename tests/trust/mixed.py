"""Many read one article while some write under it: nothing is lost, repeated, refused or seen too late."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.cast import addresses_of
from bench.contest import portal_mix
from demo.actions import seed_load
from tests.fleet import portal_beside

COMMENTS = 200  # before anybody writes
POSTS_IN_A_SECOND = 40  # at most


@dataclass
class Result:
    row: dict[str, Any]

    @property
    def line(self) -> str:
        row = self.row
        return (
            f"mixed: {row['requests']} requests, {row['acknowledged']} posts, {row['lost']} lost, "
            f"{row['duplicated']} duplicated, {row['stale']} stale, {row['errors']} errors"
        )

    @property
    def faults(self) -> list[str]:
        wrong = [f"{self.row[what]} {what}" for what in ("lost", "duplicated", "stale") if self.row[what]]
        return [*wrong, *([self.row["first_error"]] if self.row["errors"] else [])]


def run(seconds: float) -> Result:
    """Let sixteen connections read and write at two web processes for so many seconds."""
    article = seed_load(COMMENTS)
    with TemporaryDirectory() as folder:
        portal = portal_beside(Path(folder), article, int(POSTS_IN_A_SECOND * seconds))
        portal.told["articles"] = {str(COMMENTS): addresses_of(article)}
        try:
            portal.start()
            portal.start_worker()
            return Result(portal_mix(portal, COMMENTS, seconds, proxy=False))
        finally:
            portal.stop()
