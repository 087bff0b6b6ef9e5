"""The rivals: what readers and writers would use instead."""

import json
import re
import secrets
import subprocess
import tempfile
import venv
from collections.abc import Callable
from itertools import count as numbers
from pathlib import Path

from bench.client import Connection, Request
from bench.contest.measures import AT_ONCE, Row, measure_posts, measure_reads, read_texts
from bench.portal import FORM, ROOT, address_of, cookie_header, gunicorn, urlencoded
from bench.processes import answers, proportional_bytes, take_port, wait_until

RIVALS = ROOT / "bench" / "rivals"
_TURNS = numbers()  # of those who post to Isso, each from a network of their own


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
