"""The portal as in production: gunicorn, a worker and, where there is one, nginx in front of it.

Its settings are those of production, unchanged; what is missing is the encryption itself. The proxy says that
every request came encrypted, as it would, and the client presents the address of each visitor to it.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path
from random import Random
from urllib.parse import quote_plus as quote

from bench.client import Answer, Connection, Request
from bench.processes import PATIENCE, Process, answers, take_port, wait_until

ROOT = Path(__file__).resolve().parent.parent
HOST = "bench.example.org"
ORIGIN = f"https://{HOST}"
PROXIED = (("X-Forwarded-Proto", "https"), ("Accept-Encoding", "gzip"))
WEB_PROCESSES, THREADS = 2, 4
NGINX = shutil.which("nginx")
FORM = "application/x-www-form-urlencoded"


def address_of(number: int) -> str:
    """Return the address of a visitor, each from a network of their own."""
    return f"10.{number // 65_536 % 256}.{number // 256 % 256}.{number % 256}"


def gunicorn(
    application: str,
    port: int,
    log: Path,
    env: dict[str, str],
    *,
    python: str = sys.executable,
    folder: Path = ROOT,
    workers: int = WEB_PROCESSES,
) -> Process:
    """Serve an application as all those are served that are compared."""
    command = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--workers", str(workers), "--threads", str(THREADS), "--keep-alive", "30"]
    return Process(command, log, env, str(folder))


class Portal:
    """One portal in a folder of its own, on the database that `url` names; SQLite where it is empty."""

    def __init__(self, folder: Path, url: str = "", database: int | None = None, **environment: str) -> None:
        self.folder = folder
        self.database = database  # the process of a database server of ours, whose work is counted too
        self.port, self.proxy_port = take_port(), take_port()
        self.running: list[Process] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.env = {
            **{
                name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
            },
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "PARLEY_DIGEST_KEY": secrets.token_urlsafe(60),
            "PARLEY_DATA": str(folder),
            "PARLEY_HOSTS": HOST,
            "PARLEY_BASE_URL": ORIGIN,
            "PARLEY_MAIL_FROM": f"portal@{HOST}",
            "PARLEY_TRUSTED_PROXIES": "1",
            **({"DATABASE_URL": url} if url else {}),
            **environment,
        }
        self.told: dict = {}

    # --- Setting up ------------------------------------------------------------------------------

    def run(self, act: str) -> None:
        """Run a line of Python inside the portal."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", act]
        subprocess.run(command, check=True, env=self.env, cwd=ROOT)

    def fill(self, loads: list[int], guests: int) -> None:
        report = self.folder / "told.json"
        self.run(f"from bench.cast import main; main({str(report)!r}, {loads!r}, {guests})")
        self.told = json.loads(report.read_text())
        self.told["guests"].reverse()

    # --- Running ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Serve until `stop`; return once the first answer was good."""
        self.wait_for(self.port, self.start_web(self.port))

    def start_web(self, port: int, workers: int = WEB_PROCESSES) -> Process:
        """Begin to serve at `port`, as one machine of several would."""
        log = self.folder / f"web-{port}.log"
        self.running.append(gunicorn("portal.wsgi:application", port, log, self.env, workers=workers))
        return self.running[-1]

    def start_worker(self) -> Process:
        command = [sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--no-reload"]
        self.running.append(Process(command, self.folder / "worker.log", self.env, str(ROOT)))
        return self.running[-1]

    def start_proxy(self) -> None:
        configuration = self.folder / "nginx.conf"
        configuration.write_text(self.nginx_configuration())
        self.running.append(Process([NGINX, "-c", str(configuration)], self.folder / "nginx.log"))
        self.wait_for(self.proxy_port, self.running[-1])

    def wait_for(self, port: int, process: Process) -> None:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz", headers), process, PATIENCE)

    def end(self, process: Process) -> None:
        process.stop()
        self.running.remove(process)

    def stop(self) -> None:
        for process in reversed(self.running):
            process.stop()
        self.running.clear()

    def last_words(self) -> str:
        """Return what the processes said last."""
        return "\n".join(process.log.read_text(errors="replace")[-2_000:] for process in self.running)

    @property
    def database_address(self) -> str:
        """Where to look past the portal: the address of the server, or the file."""
        url = self.env.get("DATABASE_URL") or str(self.folder / "parley.sqlite3")
        return url.removeprefix("sqlite:///")

    @property
    def roots(self) -> list[int]:
        """The processes whose work, and that of their children, is counted."""
        return [process.pid for process in self.running] + ([self.database] if self.database else [])

    def nginx_configuration(self) -> str:
        """Return `deploy/nginx.conf` for this portal: without encryption, and with the client as a proxy."""
        shipped = (ROOT / "deploy" / "nginx.conf").read_text()
        shipped = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", shipped, flags=re.DOTALL)
        shipped = re.sub(r"^\s*(ssl_\w+ .*|listen \[::\].*|http2 .*)\n", "", shipped, flags=re.MULTILINE)
        shipped = shipped.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.proxy_port};")
        shipped = shipped.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.proxy_port};")
        shipped = shipped.replace("news.example.org", HOST).replace(
            "127.0.0.1:8000", f"127.0.0.1:{self.port}"
        )
        shipped = shipped.replace("/srv/parley/data", str(self.folder)).replace(
            "/var/log/nginx", str(self.folder)
        )
        return f"""
daemon off; pid {self.folder}/nginx.pid; worker_processes 1; error_log {self.folder}/nginx.error.log;
{"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {self.folder}/nginx-body; proxy_temp_path {self.folder}/nginx-proxy;
    fastcgi_temp_path {self.folder}/nginx-f; uwsgi_temp_path {self.folder}/nginx-u;
    scgi_temp_path {self.folder}/nginx-s;
    keepalive_requests 1000000;
    set_real_ip_from 127.0.0.1;  # the bench presents its visitors
    real_ip_header X-Forwarded-For;
{shipped}
}}
"""

    # --- Asking ----------------------------------------------------------------------------------

    def read(self, count: int, **more: str) -> Request:
        return Request(self.told["articles"][str(count)]["read"], headers=(*PROXIED, *more.items()))

    def posts(self, place: dict, number: int, *, known: bool = True, port: int = 0) -> list[Request]:
        """Return so many comments by as many people, each with a ticket that was asked for."""
        with Connection(port or self.port, HOST) as connection:
            return [self._post(connection, place, known) for _number in range(number)]

    def _post(self, connection: Connection, place: dict, known: bool) -> Request:
        guest = self.told["guests"].pop()
        mark = secrets.token_hex(8)
        name, email = guest["name"], guest["email"] if known else f"{mark}@example.org"
        cookies = {self.told["guest_cookie"]: guest["cookie"]} if known else {}
        headers = (*PROXIED, ("X-Forwarded-For", address_of(len(self.told["guests"]))))
        told = connection.ask(Request(place["ticket"], headers=(*headers, cookie_header(cookies))))
        if told.status != HTTPStatus.OK:
            raise RuntimeError(f"No ticket, but {told.status}:\n{self.last_words()}")
        ticket = json.loads(told.content)
        cookies |= told.cookies
        form = {
            "csrfmiddlewaretoken": ticket["csrf"],
            "ticket_key": ticket["key"],
            "ticket_time": ticket["time"],
            "name": name,
            "email": email,
            "text": f"{' '.join(Random(mark).sample(WORDS, 8))}, et personne n’en parle. {mark}",
            "tell_me": "on",
        }
        headers += (("Origin", ORIGIN), ("Content-Type", FORM), cookie_header(cookies))
        return Request(place["post"], "POST", headers, urlencoded(form), mark)


# Of what somebody says: screening holds whoever says again what another has said.
WORDS = (
    *("le", "bac", "de", "sept", "heures", "est", "plein", "depuis", "lundi", "matin", "au", "quai"),
    *("nord", "sans", "raison", "pour", "les", "camions", "quand", "tout", "monde", "part", "trop", "tard"),
)


def cookie_header(cookies: dict[str, str]) -> tuple[str, str]:
    return "Cookie", "; ".join(f"{name}={value}" for name, value in cookies.items())


def urlencoded(form: dict[str, str]) -> bytes:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in form.items()).encode()


def is_published(answer: Answer) -> bool:
    """Whether a post led to the comment itself, and not to the page of its state."""
    return answer.status == 303 and "/c/" in answer.headers.get("location", "")
