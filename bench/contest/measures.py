"""What a stage costs: requests, time and posts that are lost or there twice."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count as numbers
from typing import Any

import psycopg

from bench.client import Connection, Request, Tally, again_and_again, spend
from bench.processes import cpu_seconds

AT_ONCE = 8
MIX_CONNECTIONS = 16
ONE_POST_IN = 20  # of the mix
WARM_UPS = 4
Row = dict[str, Any]


def measured(roots: list[int], act: Callable[[], Tally]) -> tuple[Tally, Row]:
    """Let `act` ask, and return what came of it with what it cost all processes of `roots`."""
    before = cpu_seconds(roots)
    tally = act()
    spent = cpu_seconds(roots) - before
    row = {
        "requests": tally.count,
        "cpu_ms": round(1000 * spent / max(1, tally.count), 3),
        "p50_ms": round(tally.percentile(50), 2),
        "p95_ms": round(tally.percentile(95), 2),
        "per_second": round(tally.rate, 1),
        "errors": len(tally.errors),
    }
    if tally.errors:
        row["first_error"] = tally.errors[0][:200]
    return tally, row


def measure_reads(port: int, host: str, request: Request, roots: list[int], seconds: float) -> Row:
    """Read one page again and again, alone and by eight at once."""
    connection = Connection(port, host)
    for _time in range(WARM_UPS):
        answer = connection.ask(request)
        if answer.status != 200:
            raise RuntimeError(f"{request.path} answers {answer.status}")
    connection.close()
    row: Row = {"bytes": len(answer.content), "line_bytes": len(answer.body)}
    for at_once in (1, AT_ONCE):
        _tally, found = measured(
            roots,
            lambda at_once=at_once: spend(
                port, host, again_and_again(request), at_once=at_once, seconds=seconds
            ),
        )
        row[f"at_once_{at_once}"] = found
    return row


def measure_posts(
    port: int, host: str, batches: dict[int, list[Request]], roots: list[int], stored: Callable[[], list[str]]
) -> Row:
    """Send each batch by as many at once as its key says, and count what is lost or there twice."""
    row: Row = {}
    for at_once, requests in batches.items():
        tally, found = measured(
            roots, lambda at_once=at_once, requests=requests: spend(port, host, requests, at_once=at_once)
        )
        row[f"at_once_{at_once}"] = found | losses(tally, requests, stored())
    return row


def losses(tally: Tally, requests: list[Request], texts: list[str]) -> Row:
    """Count acknowledged posts that are not there, and posts that are there more than once."""
    found: dict[str, int] = {}
    for text in texts:
        for mark in re.findall(r"\b[0-9a-f]{16}\b", text):
            found[mark] = found.get(mark, 0) + 1
    sent = {request.mark for request in requests}
    return {
        "acknowledged": len(tally.acknowledged),
        "lost": sum(mark not in found for mark in tally.acknowledged),
        "duplicated": sum(found.get(mark, 0) > 1 for mark in sent),
    }


def read_texts(url: str, query: str) -> list[str]:
    """Return what is stored: read from the file or the server itself, past whoever is measured."""
    if not url.startswith("postgres"):
        with closing(sqlite3.connect(url, timeout=30)) as database:
            return [text for (text,) in database.execute(query)]
    with psycopg.connect(url) as server:
        return [text for (text,) in server.execute(query).fetchall()]


def mixed(read: Request, posts: Iterator[Request]) -> Iterator[Request]:
    for number in numbers(1):
        post = next(posts, None) if number % ONE_POST_IN == 0 else None
        yield post or read
