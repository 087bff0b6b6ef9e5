"""The limits: Django itself, and nginx, with answers of the sizes of ours."""

import json
import secrets
import subprocess
import sys
from pathlib import Path

from bench.client import Answer, Connection, Request, spend
from bench.contest.measures import (
    AT_ONCE,
    MIX_CONNECTIONS,
    Row,
    measure_posts,
    measure_reads,
    measured,
    mixed,
    read_texts,
)
from bench.portal import FORM, NGINX, ROOT, cookie_header, gunicorn, urlencoded
from bench.processes import Process, answers, take_port, wait_until


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
