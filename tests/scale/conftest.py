"""A portal of several processes: two web servers, a worker, PostgreSQL and Redis."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings
from redis import Redis
from redis.exceptions import RedisError

from bench.client import Answer, Connection, Request
from bench.portal import HOST, PROXIED, Portal
from bench.processes import Process, take_port, wait_until
from blog.models import BlogIndexPage, BlogPage
from demo.factories.crowd import open_article
from tests.fleet import portal_beside
from tests.portal.redis_server import RedisServer

HOPS = 4  # from a permalink to where a comment stands
GUESTS = 200


@dataclass
class Fleet:
    """The processes, and an article that they all serve."""

    portal: Portal
    ports: tuple[int, int]
    redis: "PrivateRedis"
    article: BlogPage

    def ask(self, server: int, path: str) -> Answer:
        """Ask one of the two web servers, as somebody without a cookie; follow where it leads."""
        with Connection(self.ports[server], HOST) as line:
            for _hop in range(HOPS):
                answer = line.ask(Request(path, headers=PROXIED))
                if answer.status not in {301, 302, 303}:
                    break
                path = answer.headers["location"].partition("#")[0]
        return answer


class PrivateRedis:
    """A Redis of our own, to be killed: the real one where there is one, and else one that acts like it."""

    def __init__(self, folder: Path) -> None:
        self.process: Process | None = None
        self.stand_in: RedisServer | None = None
        program = shutil.which("redis-server")
        if program is None:
            self.stand_in = RedisServer()
            self.url = self.stand_in.url
            return
        port = take_port()
        self.url = f"redis://127.0.0.1:{port}/0"
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self.process = Process(command, folder / "redis.log")
        try:
            wait_until(self._answers, self.process)
        except BaseException:
            self.kill()
            raise

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as client:
                return bool(client.ping())
        except RedisError:
            return False

    def kill(self) -> None:
        """Take it away, for good."""
        if self.process is not None:
            self.process.popen.kill()
            self.process.stop()
        if self.stand_in is not None:
            self.stand_in.mood = "gone"


@pytest.fixture
def fleet(site, transactional_db, tmp_path: Path) -> Iterator[Fleet]:
    """Start everything, and end it before the database is laid back."""
    article = open_article(BlogIndexPage.objects.get(locale__language_code="fr"), 0)
    redis = PrivateRedis(tmp_path)
    portal = portal_beside(tmp_path / "data", article, GUESTS, REDIS_URL=redis.url)
    ports = (take_port(), take_port())
    try:
        servers = [portal.start_web(port, workers=1) for port in ports]
        portal.start_worker()
        for port, server in zip(ports, servers, strict=True):
            portal.wait_for(port, server)
        # What the test itself does, it does as one of the portal's processes on the same machine.
        with override_settings(PAGE_STORE=True, PAGE_STORE_DIR=portal.folder / "pages"):
            yield Fleet(portal, ports, redis, article)
    finally:
        portal.stop()
        redis.kill()
