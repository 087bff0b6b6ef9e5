"""Fills the database of this process and measures the main views; `bench/run.py` calls it."""

import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
import wagtail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from bench import screening
from blog.models import BlogIndexPage, BlogPage
from demo.factories.many_comments import queue_up
from demo.factories.remarks import TITLES
from dialogue.models import Comment, DialoguePage
from home.actions import publish
from home.models import HomePage
from people.models import User

LANGUAGE = "fr"
LOADS = (0, 100, 1_000, 10_000)
WARM_UPS = 3  # the first requests cut pictures and read templates
ADMINISTRATOR = "sylvio"
LISTED, QUEUED = 50, 10_000  # pages in a list of the admin; comments that wait
GZIP_LEVEL = 6  # what most web servers use


@dataclass
class Measure:
    """One view: what it costs the database, the line and the reader."""

    view: str
    queries: int
    size: int
    gzipped: int
    median_ms: float
    slowest_ms: float
    cpu_ms: float


def main(report: str, repeat: int) -> None:
    """Fill the database, measure every view, and write what was found to the file `report`."""
    with scratch_database(os.environ.get("DATABASE_URL", "")):
        seconds = fill()
        found = {
            "database": database_version(),
            "measures": [asdict(measure_view(name, url, repeat)) for name, url in addresses()],
            "desk": measure_desk(repeat),
            "seconds": seconds,
            "load": os.getloadavg()[0],
            "packages": {"Django": django.__version__, "Wagtail": wagtail.__version__},
        }
        connection.close()
    Path(report).write_text(json.dumps(found))


def fill() -> dict[str, float]:
    """Migrate, build the demonstration and the long conversations; return how long each took."""
    seconds: dict[str, float] = {}
    with timed(seconds, "migrate"):
        call_command("migrate", verbosity=0)
    with timed(seconds, "seed_demo"):
        call_command("seed_demo", verbosity=0)
    for count in LOADS:
        with timed(seconds, f"seed_load --comments {count}"):
            call_command("seed_load", comments=count, language=LANGUAGE, verbosity=0)
    return seconds


def database_version() -> str:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if is_sqlite else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0].split()[0]}"


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the views to measure, as a reader without an account sees them, in French."""
    yield "home", HomePage.objects.get(locale__language_code=LANGUAGE).url
    yield "article index", BlogIndexPage.objects.get(locale__language_code=LANGUAGE).url
    yield "article with a featured comment", BlogPage.objects.get(slug="deux-raisons-selon-un-lecteur").url
    for count in LOADS:
        title = TITLES[LANGUAGE].format(count=count)
        yield f"article with {count:,} comments", BlogPage.objects.get(title=title).url
    yield "dialogue", DialoguePage.objects.get(slug="arrets-et-heures-des-guichets").url
    with override(LANGUAGE):
        search = reverse("search")
    for word in ("bateau", "horaire"):
        count = Comment.objects.filter(text__icontains=word).count()
        yield f"search for a word of {count:,} comments", f"{search}?query={word}"


def measure_view(name: str, url: str, repeat: int, client: Client | None = None) -> Measure:
    """Ask for `url` again and again; queries are counted apart, since counting takes time."""
    client = client or Client()

    def ask() -> bytes:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer.content

    for _ in range(WARM_UPS):
        content = ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    query_count = len(queries)  # read now: the next request empties the log
    walls, cpus = zip(*(clocked(ask) for _ in range(repeat)), strict=True)
    return Measure(
        view=name,
        queries=query_count,
        size=len(content),
        gzipped=len(gzip.compress(content, GZIP_LEVEL)),
        median_ms=statistics.median(walls) * 1000,
        slowest_ms=max(walls) * 1000,
        cpu_ms=statistics.median(cpus) * 1000,
    )


def measure_desk(repeat: int) -> dict[str, Any]:
    """Measure what moderators wait for, beside Wagtail's own list of pages, and what screening costs."""
    client = Client()
    client.force_login(User.objects.get(username=ADMINISTRATOR))  # who may open both
    section = BlogIndexPage.objects.get(locale__language_code=LANGUAGE)
    for number in range(LISTED):
        publish(BlogPage(title=f"Page {number}", introduction="<p>Rien.</p>"), section)
    queue_up(BlogPage.objects.filter(title="Page 0").get(), QUEUED)
    explorer, desk = (
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("moderation_comments:list_comments"),
    )
    return {
        "views": [
            asdict(measure_view(f"Wagtail’s explorer, {LISTED} pages", explorer, repeat, client)),
            asdict(measure_view(f"the desk, {QUEUED:,} comments that wait", desk, repeat, client)),
        ],
        "screening": screening.measure(),
    }


def clocked(act: Callable[[], object]) -> tuple[float, float]:
    """Return how long `act` takes, in seconds: on the wall, and on the processor of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - began, 1)


@contextmanager
def scratch_database(url: str) -> Iterator[None]:
    """Make the PostgreSQL database that `url` names, and drop it afterwards; SQLite needs nothing."""
    if not url.startswith("postgres"):
        yield
        return
    parts = urlsplit(url)
    name = parts.path.strip("/")
    postgres = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield
    finally:
        with psycopg.connect(postgres, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
