"""The stages of the bench: what is asked of each of those that are compared, and what it costs them."""

import json
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count as numbers
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from bench.client import Answer, Connection, Request, Tally, again_and_again, spend
from bench.portal import (
    FORM,
    HOST,
    NGINX,
    PROXIED,
    ROOT,
    Portal,
    address_of,
    cookie_header,
    gunicorn,
    urlencoded,
)
from bench.processes import Process, answers, cpu_seconds, proportional_bytes, take_port, wait_until

RIVALS = ROOT / "bench" / "rivals"
TICKET_AGE = 3.2  # seconds: what is sent sooner after its ticket is held
AT_ONCE = 8
MIX_CONNECTIONS = 16
ONE_POST_IN = 20  # of the mix
WARM_UPS = 4
WAITING = "SELECT id FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
CATCH_UP = 120.0  # seconds for the worker, at most

Row = dict[str, Any]
_TURNS = numbers()  # of those who post to Isso, each from a network of their own


# --- Measuring ------------------------------------------------------------------------------------


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


# --- The portal -----------------------------------------------------------------------------------


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


def mixed(read: Request, posts: Iterator[Request]) -> Iterator[Request]:
    for number in numbers(1):
        post = next(posts, None) if number % ONE_POST_IN == 0 else None
        yield post or read


def is_there(connection: Connection, request: Request, answer: Answer) -> bool:
    """Whether a comment stands where its post led to, for somebody without a cookie."""
    location = answer.headers.get("location", "")
    for _hop in range(2):
        parts = urlsplit(location)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        found = connection.ask(Request(path, headers=PROXIED))
        if found.status == 200:
            return request.mark.encode() in found.content
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


# --- The limits -----------------------------------------------------------------------------------


def limits(
    folder: Path, url: str, database: int | None, sizes: dict[str, int], number: int, seconds: float
) -> Row:
    """Measure Django itself with answers of the sizes of ours, and a file of each size behind nginx."""
    folder.mkdir(parents=True, exist_ok=True)
    env = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url or f"sqlite:///{folder}/limits.sqlite3",
    }
    act = [sys.executable, "-c", "from bench.limits import fill; fill()"]
    subprocess.run(act, check=True, env=env, cwd=ROOT)
    port = take_port()
    web = gunicorn("bench.limits:application", port, folder / "limits.log", env)
    roots = [web.pid] + ([database] if database else [])
    rows: Row = {}
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/constant/10/"), web)
        for name, size in sizes.items():
            for view in ("constant", "select"):
                request = Request(f"/{view}/{size}/")
                rows[f"{view}, {name}"] = measure_reads(port, "127.0.0.1", request, roots, seconds)
        connection = Connection(port)
        token = connection.ask(Request("/token/"))
        connection.close()
        batches = {at_once: bare_posts(token, number) for at_once in (1, AT_ONCE)}
        texts = env["DATABASE_URL"].removeprefix("sqlite:///")
        rows["insert"] = measure_posts(
            port, "127.0.0.1", batches, roots, lambda: read_texts(texts, "SELECT text FROM limits_note")
        )
        size = max(sizes.values())
        mix = mixed(Request(f"/constant/{size}/"), iter(bare_posts(token, 100_000)))
        _tally, rows["mix"] = measured(
            roots, lambda: spend(port, "127.0.0.1", mix, at_once=MIX_CONNECTIONS, seconds=2 * seconds)
        )
    finally:
        web.stop()
    if NGINX:
        rows |= static_files(folder, sizes, seconds)
    return rows


def bare_posts(token: Answer, number: int) -> list[Request]:
    marks = [secrets.token_hex(8) for _number in range(number)]
    headers = (("Content-Type", FORM), cookie_header(token.cookies))
    csrf = json.loads(token.body)["csrf"]
    return [
        Request("/insert/", "POST", headers, urlencoded({"csrfmiddlewaretoken": csrf, "text": mark}), mark)
        for mark in marks
    ]


def static_files(folder: Path, sizes: dict[str, int], seconds: float) -> Row:
    """Serve files of the sizes of our answers by nginx."""
    port = take_port()
    for name, size in sizes.items():
        (folder / f"{name}.html").write_bytes(b"x" * size)
    (folder / "nginx.conf").write_text(f"""
daemon off; pid {folder}/nginx.pid; worker_processes 1; user root; error_log {folder}/nginx.error.log;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types; access_log off; keepalive_requests 1000000;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
""")
    nginx = Process([NGINX, "-c", str(folder / "nginx.conf")], folder / "nginx.log")
    try:
        first = next(iter(sizes))
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/{first}.html"), nginx)
        return {
            f"static file, {name}": measure_reads(
                port, "127.0.0.1", Request(f"/{name}.html"), [nginx.pid], seconds
            )
            for name in sizes
        }
    finally:
        nginx.stop()


# --- The rivals -----------------------------------------------------------------------------------


def xtd_posts(told: Row, port: int, count: str, number: int) -> list[Request]:
    """Return posts with the security data of one form, which holds for two hours."""
    connection = Connection(port)
    page = connection.ask(Request(told["reads"][count]))
    connection.close()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    headers = (("Content-Type", FORM), cookie_header(page.cookies))
    found = []
    for visitor in range(number):
        mark = secrets.token_hex(8)
        form = fields | {"name": f"Camille {visitor}", "email": f"{mark}@example.org", "honeypot": ""}
        form |= {"comment": f"The boat at seven is full, and nobody speaks of it. {mark}", "reply_to": "0"}
        found.append(Request("/comments/post/", "POST", headers, urlencoded(form), mark))
    return found


def isso_posts(told: Row, port: int, count: str, number: int) -> list[Request]:
    found = []
    for visitor in range(number):
        mark = secrets.token_hex(8)
        words = {"author": f"Camille {visitor}", "email": f"{mark}@example.org"}
        words |= {"text": f"The boat at seven is full, and nobody speaks of it. {mark}"}
        turn = next(_TURNS)
        network = f"11.{turn // 250}.{turn % 250}.1"  # it counts by /24
        headers = (("Content-Type", "application/json"), ("X-Forwarded-For", network))
        path = f"/new?uri=/article-{count}/"
        found.append(Request(path, "POST", headers, json.dumps(words).encode(), mark))
    return found


def commentail_posts(told: Row, port: int, count: str, number: int) -> list[Request]:
    """Return posts by as many people who are signed in, each with a form of their own."""
    connection, found = Connection(port), []
    for visitor in range(number):
        mark = secrets.token_hex(8)
        cookies = {"sessionid": told["sessions"].pop()}
        forwarded = ("X-Forwarded-For", address_of(visitor))
        headers = (forwarded, cookie_header(cookies), ("User-Agent", "bench"))
        page = connection.ask(Request(told["reads"][count], headers=headers))
        text = page.content.decode()
        action = re.search(r'<form class="commentail-form"[^>]*action="([^"]+)"', text)
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
        form = fields | {"text": f"The boat at seven is full, and nobody speaks of it. {mark}"}
        headers = (forwarded, cookie_header(cookies | page.cookies), ("User-Agent", "bench"))
        headers += (("Content-Type", FORM),)
        found.append(Request(action[1].replace("&amp;", "&"), "POST", headers, urlencoded(form), mark))
    connection.close()
    return found


SITES: dict[str, tuple[str, Callable[..., list[Request]]]] = {
    "xtd": ("xtd", xtd_posts),
    "isso": ("isso_site", isso_posts),
    "commentail": ("commentail_site", commentail_posts),
}


def set_up_rival(name: str, home: Path) -> Path:
    """Install a rival in an environment of its own, unless it is there; return its Python."""
    requirements = RIVALS / f"requirements-{name}.txt"
    place = home / name
    python, mark = place / "bin" / "python", place / "installed"
    if not mark.exists() or mark.read_text() != requirements.read_text():
        venv.create(place, with_pip=True, clear=True)
        install = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
            requirements,
        ]
        subprocess.run([str(part) for part in install], check=True)
        mark.write_text(requirements.read_text())
    return python


def measure_rival(name: str, home: Path, loads: list[int], number: int, seconds: float) -> Row:
    """Fill a rival, serve it like the portal, and measure it; where it cannot be installed, say so."""
    module, make_posts = SITES[name]
    try:
        python = set_up_rival(name, home)
    except subprocess.CalledProcessError as error:
        return {"version": name, "missing": f"could not be installed ({error})"}
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as place:
        folder = Path(place)
        env = {"PATH": "/usr/bin:/bin", "BENCH_FOLDER": place}
        fill = [str(python), f"{module}.py", place, *map(str, loads)]
        subprocess.run(fill, check=True, env=env, cwd=RIVALS, stderr=subprocess.DEVNULL)
        told = json.loads((folder / "site.json").read_text())
        port = take_port()
        web = gunicorn(
            f"{module}:application", port, folder / "web.log", env, python=str(python), folder=RIVALS
        )
        try:
            first = told["reads"][str(loads[0])]
            wait_until(lambda: answers(f"http://127.0.0.1:{port}{first}"), web)
            reads = {
                f"{count:,} comments": measure_reads(
                    port, "127.0.0.1", Request(told["reads"][str(count)]), [web.pid], seconds
                )
                for count in loads
            }
            posted = str(100 if 100 in loads else loads[-1])
            batches = {at_once: make_posts(told, port, posted, number) for at_once in (1, AT_ONCE)}
            posts = measure_posts(port, "127.0.0.1", batches, [web.pid], lambda: read_texts(*told["texts"]))
            idle = round(proportional_bytes([web.pid]) / 1e6, 1)
        finally:
            web.stop()
    return {"version": told["version"], "reads": reads, "posts": posts, "idle_mb": idle}
