"""Writes what the bench found as a page: the targets first, then what they are judged by."""

from collections.abc import Iterator

from bench.targets import Row, judged, judged_desk

DATABASES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
INTRODUCTION = """\
Repeat it with `make bench` (some thirty minutes on two processors), look with `make bench ARGS=--quick`
(three minutes, SQLite alone), or run some stages: `make bench ARGS="--only reads posts"`. `python
bench/run.py --help` says more; [results.json](results.json) holds every figure.

Everything is asked over HTTP by one client on the same machine, with connections kept alive. *CPU* is what
all processes of a site have spent, from the kernel's accounts, divided by the requests: web processes,
nginx, and a PostgreSQL server that serves nobody else. What a post leaves to the worker stands apart, as
*after*. A busy machine hardly stretches it, as it does *p50* and *p95*, which are what the client waited.
*Line* is what goes over the line, compressed where the site does so.

The portal runs with its production settings: gunicorn with {web} processes of {threads} threads, a worker,
and nginx with the blocks of `deploy/nginx.conf`. What differs from production: no encryption (the proxy
says that there was), two web processes instead of three, none of them replaced after so many requests, one
nginx process, and the proxy believes the client about the address of each visitor, so that every comment
comes from a network of its own and the limits stay on. Comments are posted the whole way: a ticket, the
CSRF token, the honeypot left empty, three seconds to write; those that are published at once are by guests
with a trusted device and of whom a comment has been published.

*Rendered by Django* is asked with the cookie of a session that has ended, which nothing kept is handed to.
The rivals run on the same gunicorn, on SQLite, which is what they come with; django-comments-xtd shows all
comments, Isso answers what its script asks for (all threads, five replies to each), Commentail the twenty
latest threads. Commentail's comments are by people who are signed in, since a guest's wait for a
confirmation."""


def as_page(found: Row) -> str:
    """Return the page."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Row) -> Iterator[str]:
    before, after = found["before"], found["after"]
    yield "# What readers and writers wait for"
    yield ""
    yield (
        f"{before['date']}, {before['system']}, {before['processors']} processors, Python {before['python']};"
        f" load of the machine before {before['load'][0]}, after {after['load'][0]}."
    )
    yield ""
    yield INTRODUCTION.format(web=2, threads=4)
    portals = found.get("portal", {})
    for name, portal in portals.items():
        yield from _titled(f"Targets, on {DATABASES[name]}", _targets(portal, found.get("rivals", {})))
    for name, portal in portals.items():
        yield from _portal(DATABASES[name], portal)
    if "rivals" in found:
        yield from _titled("The rivals", _rivals(found["rivals"]))
    if "views" in found:
        yield from _titled("Every view, in one process", _views(found["views"]))
        yield from _titled("The moderation desk", _desk(found["views"]))


def _titled(title: str, lines: Iterator[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from ["", f"## {title}", "", *body]


def _table(heads: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    body = [f"| {' | '.join(row)} |" for row in rows]
    if body:
        yield f"| {' | '.join(heads)} |"
        yield "|---|" + "---:|" * (len(heads) - 1)
        yield from body


def _targets(portal: Row, rivals: Row) -> Iterator[str]:
    yield from _table(["Target", "Aim", "Found", ""], judged(portal, rivals))


# --- What was found -------------------------------------------------------------------------------

READS = [
    *("", "Bytes", "Line", "CPU ms", "p50 ms", "p95 ms"),
    *("CPU ms, by 8", "p50 ms, by 8", "p95 ms, by 8", "a second, by 8"),
]
POSTS = [
    *("", "CPU ms", "p50 ms", "p95 ms", "a second"),
    *("CPU ms, by 8", "p95 ms, by 8", "a second, by 8", "after, CPU ms", "lost", "twice", "refused"),
]


def _portal(name: str, portal: Row) -> Iterator[str]:
    if "reads" in portal:
        yield from _titled(
            f"Reading, on {name}", _table(READS, map(_reading, *zip(*portal["reads"].items(), strict=True)))
        )
    if "posts" in portal:
        yield from _titled(
            f"Posting, on {name}", _table(POSTS, map(_posting, *zip(*portal["posts"].items(), strict=True)))
        )
    if "mix" in portal:
        yield from _titled(f"Reading and posting at once, on {name}", _mix(portal))
    if "limits" in portal:
        yield from _titled(f"The limits, beside {name}", _limits(portal["limits"]))
    if "rest" in portal:
        parts = ", ".join(f"{part} {size:.0f} MB" for part, size in portal["rest"]["idle_mb"].items())
        start = portal["rest"]["cold_start_s"]
        line = f"Cold start to the first good page: {start:.1f} s. Idle memory (PSS): {parts}."
        yield from _titled(f"At rest, on {name}", iter([line]))
    seconds = ", ".join(f"`{step}` {taken:.0f} s" for step, taken in portal["seconds"].items())
    yield from ["", f"{portal['database']}, {portal['versions']}. Filling it, on the wall: {seconds}."]


def _reading(name: str, row: Row) -> list[str]:
    alone, many = row["at_once_1"], row["at_once_8"]
    figures = [
        alone["cpu_ms"],
        alone["p50_ms"],
        alone["p95_ms"],
        many["cpu_ms"],
        many["p50_ms"],
        many["p95_ms"],
    ]
    return [
        name,
        f"{row['bytes']:,}",
        f"{row['line_bytes']:,}",
        *map(_ms, figures),
        f"{many['per_second']:,.0f}",
    ]


def _posting(name: str, row: Row) -> list[str]:
    alone, many = row["at_once_1"], row["at_once_8"]
    counts = [str(alone[what] + many[what]) for what in ("lost", "duplicated", "errors")]
    times = [_ms(alone[what]) for what in ("cpu_ms", "p50_ms", "p95_ms")]
    after = row.get("after_ms")
    return [
        name,
        *times,
        f"{alone['per_second']:.0f}",
        _ms(many["cpu_ms"]),
        _ms(many["p95_ms"]),
        f"{many['per_second']:.0f}",
        _ms(after) if after is not None else "",
        *counts,
    ]


def _mix(portal: Row) -> Iterator[str]:
    mix = portal["mix"]
    yield (
        f"Sixteen connections, one request in twenty a comment: {mix['requests']:,} requests, "
        f"{mix['per_second']:.0f} a second, {_ms(mix['cpu_ms'])} ms of CPU each, "
        f"p50 {_ms(mix['p50_ms'])} ms, p95 {_ms(mix['p95_ms'])} ms; "
        f"{mix['acknowledged']} comments acknowledged, {mix['lost']} lost, {mix['duplicated']} there twice, "
        f"{mix['errors']} refused, {mix['stale']} not there on the next look."
    )


def _limits(limits: Row) -> Iterator[str]:
    reads = ((name, row) for name, row in limits.items() if "bytes" in row)
    yield from _table(READS, (_reading(name, row) for name, row in reads))
    yield ""
    yield from _table(POSTS, iter([_posting("a form with CSRF, one INSERT", limits["insert"])]))


def _rivals(rivals: Row) -> Iterator[str]:
    for name, rival in rivals.items():
        if "missing" in rival:
            yield from [f"{name} {rival['missing']}.", ""]
    there = [rival for rival in rivals.values() if "missing" not in rival]
    yield from _table(
        READS,
        (
            _reading(f"{rival['version']}, {load}", row)
            for rival in there
            for load, row in rival["reads"].items()
        ),
    )
    yield ""
    yield from _table(POSTS, (_posting(rival["version"], rival["posts"]) for rival in there))


VIEWS = ["View", "Queries", "Bytes", "gzip", "Median ms", "Slowest ms", "CPU ms"]


def _views(reports: list[Row]) -> Iterator[str]:
    yield "As a reader without an account asks for them, again and again, without network or web server."
    for report in reports:
        yield from ["", f"### {report['database']}", ""]
        yield from _table(VIEWS, map(_view, report["measures"]))


def _view(row: Row) -> list[str]:
    return [
        row["view"],
        str(row["queries"]),
        f"{row['size']:,}",
        f"{row['gzipped']:,}",
        f"{row['median_ms']:.0f}",
        f"{row['slowest_ms']:.0f}",
        f"{row['cpu_ms']:.0f}",
    ]


def _desk(reports: list[Row]) -> Iterator[str]:
    yield "As somebody asks who may open both, in the same process; and what it takes to look at one comment."
    for report in reports:
        desk = report["desk"]
        yield from ["", f"### {report['database']}", ""]
        yield from _table(["Target", "Aim", "Found", ""], judged_desk(desk))
        yield ""
        yield from _table(VIEWS, map(_view, desk["views"]))
        yield ""
        yield from _table(
            ["Screening", "Characters", "CPU ms, mean", "at most"],
            (
                [row["what"], f"{row['characters']:,}", f"{row['mean_ms']:.2f}", f"{row['most_ms']:.2f}"]
                for row in desk["screening"]
            ),
        )


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"
