"""Redis goes away, freezes, comes back empty: readers notice nothing, and no limit opens (F09)."""

import socket
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from bench.processes import take_port
from portal import caches as steady
from portal.caches import RETRY_AFTER, TIMEOUT
from portal.settings.base import TABLE_CACHE
from tests.portal.redis_in_memory import RedisInMemory

ATTEMPTS = 10


def use_redis(settings: Any, **redis: Any) -> None:
    settings.CACHES = {**settings.CACHES, "default": redis, "fallback": TABLE_CACHE}


@pytest.fixture
def server(settings: Any, db: None) -> RedisInMemory:
    """A Redis that goes away and comes back."""
    server = RedisInMemory()
    backend = "tests.portal.redis_in_memory.CacheInMemory"
    use_redis(settings, BACKEND=backend, LOCATION="redis://in-memory", OPTIONS={"client": server})
    return server


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the breaker reads: `clock[0] += 6` lets six seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(steady, "monotonic", lambda: now[0])
    monkeypatch.setattr(steady, "_retry_at", {})
    return now


class TestTheCache:
    def test_it_is_redis_while_redis_is_there(self, server, clock):
        cache.set("a", "one")
        assert cache.get("a") == "one"
        assert cache.add("a", "two") is False
        cache.set("n", 1)
        assert cache.incr("n") == 2
        assert cache.has_key("n")
        assert cache.get_many(["a", "n", "none"]) == {"a": "one", "n": 2}
        assert cache.touch("a", 60)
        assert cache.delete("a")
        assert "set" in server.asked
        assert caches["fallback"].get("n") is None
        with pytest.raises(ValueError, match="none"):
            cache.incr("none")

    @pytest.mark.parametrize("behaviour", ["gone", "frozen"])
    def test_f09_the_table_takes_its_place(self, server, clock, behaviour, caplog):
        cache.set("n", 1)
        server.behaviour = behaviour
        assert cache.get("n") is None  # counted anew, in the table
        assert cache.add("n", 5)
        assert cache.incr("n") == 6
        cache.set_many({"b": 1, "c": 2})
        assert cache.get_many(["b", "c", "d"]) == {"b": 1, "c": 2}
        cache.delete_many(["b"])
        assert not cache.has_key("b")
        assert cache.touch("c", 60)
        warnings = [record for record in caplog.records if record.name == "portal.caches"]
        [said] = [record.getMessage() for record in warnings]  # one wait, not one for each question
        assert said.startswith("Redis unavailable (")
        assert caches["fallback"].get("n") == 6

    @pytest.mark.parametrize("behaviour", ["gone", "frozen"])
    def test_f09_it_is_asked_again_after_a_rest(self, server, clock, behaviour):
        cache.set("n", 1)
        server.behaviour = behaviour
        assert cache.get("n") is None
        server.behaviour = "well"
        asked = len(server.asked)
        assert cache.get("n") is None  # still resting
        assert len(server.asked) == asked
        clock[0] += RETRY_AFTER
        assert cache.get("n") == 1

    def test_f09_one_that_forgot_everything_is_a_cache_like_any_other(self, server, clock):
        cache.set("n", 1)
        server.memory.clear()
        assert cache.get("n") is None
        assert cache.add("n", 2)
        cache.clear()
        assert cache.get("n") is None


class TestTheClient:
    """What the real client says of a server that is not there or does not answer, and how long it waits."""

    @pytest.fixture(params=["gone", "frozen"])
    def lost(self, request: pytest.FixtureRequest, settings: Any, db: None) -> Iterator[socket.socket | None]:
        """An address where nobody listens, or where somebody takes each call and says nothing."""
        frozen = socket.create_server(("127.0.0.1", 0)) if request.param == "frozen" else None
        port = frozen.getsockname()[1] if frozen else take_port()
        use_redis(settings, BACKEND="portal.caches.SteadyRedisCache", LOCATION=f"redis://127.0.0.1:{port}/0")
        yield frozen
        caches["default"].close()
        if frozen:
            frozen.close()

    def test_f09_the_table_takes_its_place(self, lost, clock, caplog):
        assert cache.add("n", 5)
        assert cache.incr("n") == 6
        assert caches["fallback"].get("n") == 6
        [warning] = [record.getMessage() for record in caplog.records if record.name == "portal.caches"]
        assert ("TimeoutError" if lost else "ConnectionError") in warning

    def test_f09_no_wait_is_longer_than_its_patience_and_there_are_two_at_most(self, lost, clock):
        options = caches["default"]._cache.get_client().connection_pool.connection_kwargs
        assert (options["socket_timeout"], options["socket_connect_timeout"]) == (TIMEOUT, TIMEOUT)
        cache.get("n")
        assert self.calls(lost) <= 2

    @staticmethod
    def calls(frozen: socket.socket | None) -> int:
        """Return how many have called until now."""
        count = 0
        while frozen is not None:
            frozen.setblocking(False)
            try:
                line, _address = frozen.accept()
            except BlockingIOError:
                break
            with closing(line):
                count += 1
        return count


class TestThePortal:
    @pytest.mark.parametrize("behaviour", ["gone", "frozen"])
    def test_f09_reading_goes_on(self, server, clock, client, site, behaviour):
        server.behaviour = behaviour
        for path in ("/fr/", "/en/articles/", "/fr/account/login/", reverse("readyz")):
            assert client.get(path).status_code == HTTPStatus.OK, path

    @pytest.mark.parametrize("behaviour", ["well", "gone", "frozen"])
    def test_f09_no_limit_opens(self, server, clock, client, site, editor, behaviour):
        """Guessing a password is limited whether Redis counts or the table does."""
        server.behaviour = behaviour
        form = {"login": editor.username, "password": "not-the-password"}
        codes = [client.post(reverse("account_login"), form).status_code for _ in range(ATTEMPTS)]
        assert HTTPStatus.TOO_MANY_REQUESTS in codes or self.refuses(client, form)

    @staticmethod
    def refuses(client: Any, form: dict[str, str]) -> bool:
        """Whether even the right password is refused now."""
        client.post(reverse("account_login"), {**form, "password": "parley-demo-lantern"})
        return "_auth_user_id" not in client.session
