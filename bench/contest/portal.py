"""The portal: reading, posting, both at once, and at rest."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.client import Answer, Connection, Request, spend
from bench.contest.measures import (
    AT_ONCE,
    MIX_CONNECTIONS,
    Row,
    losses,
    measure_posts,
    measure_reads,
    measured,
    mixed,
    read_texts,
)
from bench.portal import HOST, NGINX, PROXIED, Portal, gunicorn
from bench.processes import answers, cpu_seconds, proportional_bytes, wait_until

TICKET_AGE = 3.2  # seconds: what is sent sooner after its ticket is held
WAITING = "SELECT id FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
CATCH_UP = 120.0  # seconds for the worker, at most


@contextmanager
def served(portal: Portal) -> Iterator[Portal]:
    """Serve while the block runs. There is no worker: what it does is measured by itself, afterwards."""
    portal.start()
    if NGINX:
        portal.start_proxy()
    try:
        yield portal
    finally:
        portal.stop()


def portal_reads(portal: Portal, loads: list[int], seconds: float) -> dict[str, Row]:
    """Read articles: through the proxy, without it, made anew each time, and as an employee."""
    ways: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {}
    if NGINX:
        ways["behind nginx"] = (portal.proxy_port, ())
    ways["without a proxy"] = (portal.port, ())
    # The cookie of a session that has ended: such a reader is answered past everything that is kept.
    ended = portal.told["employee"].partition("=")[0] + "=" + "z" * 32
    ways["rendered by Django"] = (portal.port, (("Cookie", ended),))
    ways["signed in"] = (portal.port, (("Cookie", portal.told["employee"]),))
    rows = {}
    for name, (port, headers) in ways.items():
        for count in loads:
            request = portal.read(count, **dict(headers))
            rows[f"{name}, {count:,} comments"] = measure_reads(port, HOST, request, portal.roots, seconds)
    return rows


def portal_posts(portal: Portal, number: int) -> dict[str, Row]:
    """Post comments that are published at once, and some by people whom nobody knows yet."""
    port = portal.proxy_port if NGINX else portal.port
    rows = {}
    catch_up(portal)  # with what filling the portal has left to do
    for name, known in (("published at once", True), ("to be confirmed", False)):
        batches = {
            at_once: portal.posts(portal.told["posted"], number, known=known, port=port)
            for at_once in (1, AT_ONCE)
        }
        time.sleep(TICKET_AGE)
        rows[name] = measure_posts(port, HOST, batches, portal.roots, lambda: portal_texts(portal))
        rows[name]["after_ms"] = round(catch_up(portal) / (2 * number), 3)
    return rows


def catch_up(portal: Portal) -> float:
    """Let the worker do what the posts left to it, and return what that cost, in milliseconds."""
    left = len(read_texts(portal.database_address, WAITING))
    if not left:
        return 0.0
    worker = portal.start_worker()
    # Counted from when it takes the first: starting it is not part of a post.
    wait_until(lambda: len(read_texts(portal.database_address, WAITING)) < left, worker, CATCH_UP)
    began = cpu_seconds(portal.roots)
    wait_until(lambda: not read_texts(portal.database_address, WAITING), worker, CATCH_UP)
    spent = cpu_seconds(portal.roots) - began
    portal.end(worker)
    return 1000 * spent


def portal_texts(portal: Portal) -> list[str]:
    return read_texts(portal.database_address, "SELECT text FROM dialogue_comment")


def portal_mix(portal: Portal, count: int, seconds: float, *, proxy: bool = NGINX is not None) -> Row:
    """Read one hot article over sixteen connections, every twentieth request a post, and look for the posts.

    Whoever has posted reads next where their comment leads: it must be there.
    """
    port = portal.proxy_port if proxy else portal.port
    place = portal.told["articles"][str(count)]
    posts = portal.posts(place, min(60 + int(40 * seconds), len(portal.told["guests"])), port=port)
    time.sleep(TICKET_AGE)
    stale: list[str] = []

    def check(connection: Connection, request: Request, answer: Answer) -> str:
        if request.mark and not is_there(connection, request, answer):
            stale.append(request.mark)
        return ""

    tally, row = measured(
        portal.roots,
        lambda: spend(
            port,
            HOST,
            mixed(portal.read(count), iter(posts)),
            at_once=MIX_CONNECTIONS,
            seconds=seconds,
            check=check,
        ),
    )
    followed = 2 * len(tally.acknowledged)  # the two requests by which each post was looked for
    row["cpu_ms"] = round(row["cpu_ms"] * row["requests"] / (row["requests"] + followed), 3)
    return row | losses(tally, posts, portal_texts(portal)) | {"stale": len(stale)}


def is_there(connection: Connection, request: Request, answer: Answer) -> bool:
    """Whether a comment stands where its post led to, for somebody without a cookie.

    One that another has come before in the meantime may begin the next page, to which this one then leads.
    """
    location = answer.headers.get("location", "")
    for _hop in range(2):
        parts = urlsplit(location)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        found = connection.ask(Request(path, headers=PROXIED))
        if found.status == 200:
            next_page = f"from={parts.fragment.removeprefix('c-')}#"
            return request.mark.encode() in found.content or next_page.encode() in found.content
        location = found.headers.get("location", "")
    return False


def portal_rest(portal: Portal) -> Row:
    """Measure how long the portal takes from nothing to a good page, and what it keeps while nobody asks."""
    began = time.monotonic()
    web = gunicorn("portal.wsgi:application", portal.port, portal.folder / "web.log", portal.env)
    path = portal.read(max(int(count) for count in portal.told["articles"])).path
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    wait_until(lambda: answers(f"http://127.0.0.1:{portal.port}{path}", headers), web)
    row: Row = {"cold_start_s": round(time.monotonic() - began, 2)}
    portal.running.append(web)
    portal.start_worker()
    spend(portal.port, HOST, [portal.read(0)] * 40, at_once=AT_ONCE)  # both processes have answered
    time.sleep(3)
    parts = {"web": portal.running[0].pid, "worker": portal.running[1].pid}
    if portal.database:
        parts["database"] = portal.database
    row["idle_mb"] = {name: round(proportional_bytes([pid]) / 1e6, 1) for name, pid in parts.items()}
    portal.stop()
    return row
