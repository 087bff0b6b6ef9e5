"""Measures what readers wait for: queries, bytes and time of the main views, on both databases.

    python bench/run.py                      # both; prints the tables and writes bench/RESULTS.md
    python bench/run.py --database sqlite    # one of them; prints only
    python bench/run.py --repeat 50          # more requests a view (default: 15)

Each database is made for the occasion, filled with the demonstration and with articles that have 0, 100,
1,000 and 10,000 comments, measured in one process without a network, and thrown away.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"
DATABASES = ("sqlite", "postgresql")
REPEAT = 15
EXPLANATION = """\
Repeat it with `make bench` (or see `python bench/run.py --help`). A reader without an account asks for each
view {repeat} times, in one process, without network or web server, after a few requests that are not
counted. *Median* and *slowest* are what the reader would wait. *CPU* is the processor time of the portal's
own process, which a busy machine hardly stretches; PostgreSQL's own work is not in it. *gzip* is what goes
over the line. An article shows its first fifty threads, each with up to twenty replies; the rest has pages
of its own."""


def run(database: str, repeat: int) -> dict:
    """Measure one database in a process and a folder of its own."""
    print(f"Measuring on {database}: filling it takes a few minutes…", flush=True)
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        report = Path(folder) / "report.json"
        act = f"from bench.measure import main; main({str(report)!r}, {repeat})"
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
        return json.loads(report.read_text())


def as_table(measures: list[dict]) -> list[str]:
    """Return the measures as a Markdown table."""
    lines = [
        "| View | Queries | Bytes | gzip | Median ms | Slowest ms | CPU ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row['view']} | {row['queries']} | {row['size']:,} | {row['gzipped']:,} "
        f"| {row['median_ms']:.0f} | {row['slowest_ms']:.0f} | {row['cpu_ms']:.0f} |"
        for row in measures
    ]
    return lines


def as_page(reports: list[dict], repeat: int) -> str:
    """Return what was found, on which machine, and how to repeat it."""
    packages = ", ".join(f"{name} {version}" for name, version in reports[0]["packages"].items())
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    lines = [
        "# What readers wait for",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine}; Python {platform.python_version()}, {packages}.",
        "",
        EXPLANATION.format(repeat=repeat),
    ]
    for report in reports:
        seconds = ", ".join(f"`{name}` {value:.0f} s" for name, value in report["seconds"].items())
        lines += ["", f"## {report['database']}", "", *as_table(report["measures"]), ""]
        lines += [
            f"Filling it, on the wall: {seconds}. Load of the machine while measuring: {report['load']:.1f}."
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=DATABASES, help="measure this one alone")
    parser.add_argument("--repeat", type=int, default=REPEAT, help="requests a view")
    options = parser.parse_args()
    databases = [options.database] if options.database else DATABASES
    page = as_page([run(database, options.repeat) for database in databases], options.repeat)
    print(page)
    if not options.database:
        RESULTS.write_text(page)
        print(f"Written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
