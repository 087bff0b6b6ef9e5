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
from demo.factories.many_comments import open_article
from tests.fleet import portal_beside

HOPS = 4  # from a permalink to where a comment stands
GUESTS = 200


@dataclass
class Fleet:
    """The processes, and an article that they all serve."""

    portal: Portal
    ports: tuple[int, int]
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
    """A Redis of our own, to be killed."""

    def __init__(self, program: str, folder: Path) -> None:
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
        self.process.popen.kill()
        self.process.stop()


@pytest.fixture
def redis(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrivateRedis | None]:
    """The real Redis; None where it is not installed, for tests that do not take it away."""
    program = shutil.which("redis-server")
    if program is None:
        if request.node.get_closest_marker("redis"):
            pytest.fail("Install redis-server, or leave these tests out: -m 'not redis'.")
        yield None
        return
    redis = PrivateRedis(program, tmp_path)
    yield redis
    redis.kill()


@pytest.fixture
def fleet(site, transactional_db, redis: PrivateRedis | None, tmp_path: Path) -> Iterator[Fleet]:
    """Start everything, and end it before the database is laid back. Without Redis the table is the cache."""
    article = open_article(BlogIndexPage.objects.get(locale__language_code="fr"), 0)
    cache = {"REDIS_URL": redis.url} if redis else {}
    portal = portal_beside(tmp_path / "data", article, GUESTS, **cache)
    ports = (take_port(), take_port())
    try:
        servers = [portal.start_web(port, workers=1) for port in ports]
        portal.start_worker()
        for port, server in zip(ports, servers, strict=True):
            portal.wait_for(port, server)
        # What the test itself does, it does as one of the portal's processes on the same machine.
        with override_settings(PAGE_STORE=True, PAGE_STORE_DIR=portal.folder / "pages"):
            yield Fleet(portal, ports, article)
    finally:
        portal.stop()
