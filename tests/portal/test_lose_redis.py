"""Redis goes away, freezes, comes back empty: readers notice nothing, and no limit opens (F09)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from portal import caches as steady
from portal.caches import PATIENCE, REST
from portal.settings.base import TABLE_CACHE
from tests.portal.redis_server import RedisServer

ATTEMPTS = 10
LONG = 60.0  # seconds to wait for a server that answers, however busy the machine is


class Redis(RedisServer):
    """A server that the portal is told of, which goes away and comes back."""

    def __init__(self, settings: Any) -> None:
        super().__init__()
        self.settings = settings
        self.connect(LONG)

    def connect(self, patience: float) -> None:
        """Let the portal wait that many seconds for each answer, in connections made from now on."""
        caches["default"].close()
        redis = {
            "BACKEND": "portal.caches.SteadyRedisCache",
            "LOCATION": self.url,
            "OPTIONS": {"protocol": 2, "socket_timeout": patience, "socket_connect_timeout": patience},
        }
        self.settings.CACHES = {**self.settings.CACHES, "default": redis, "stand-in": TABLE_CACHE}

    def go_away(self, mood: str) -> None:
        """Be gone or freeze; whoever asks one that is frozen loses patience as soon as in production."""
        self.mood = mood
        self.connect(PATIENCE if mood == "frozen" else LONG)

    def come_back(self) -> None:
        self.mood = "well"
        self.connect(LONG)


@pytest.fixture
def server(settings: Any, db: None) -> Iterator[Redis]:
    server = Redis(settings)
    yield server
    caches["default"].close()
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the breaker reads: `clock[0] += 6` lets six seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(steady, "monotonic", lambda: now[0])
    monkeypatch.setattr(steady, "_resting_until", {})
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
        assert "SET" in server.asked
        assert caches["stand-in"].get("n") is None
        with pytest.raises(ValueError, match="none"):
            cache.incr("none")

    @pytest.mark.parametrize("mood", ["gone", "frozen"])
    def test_f09_the_table_takes_its_place(self, server, clock, mood, caplog):
        cache.set("n", 1)
        server.go_away(mood)
        assert cache.get("n") is None  # counted anew, in the table
        assert cache.add("n", 5)
        assert cache.incr("n") == 6
        cache.set_many({"b": 1, "c": 2})
        assert cache.get_many(["b", "c", "d"]) == {"b": 1, "c": 2}
        cache.delete_many(["b"])
        assert not cache.has_key("b")
        assert cache.touch("c", 60)
        warnings = [record for record in caplog.records if record.name == "portal.caches"]
        assert len(warnings) == 1  # one wait, not one for each question
        assert caches["stand-in"].get("n") == 6

    @pytest.mark.parametrize("mood", ["gone", "frozen"])
    def test_f09_it_is_asked_again_after_a_rest(self, server, clock, mood):
        cache.set("n", 1)
        server.go_away(mood)
        assert cache.get("n") is None
        server.come_back()
        asked = len(server.asked)
        assert cache.get("n") is None  # still resting
        assert len(server.asked) == asked
        clock[0] += REST
        assert cache.get("n") == 1

    def test_f09_one_that_forgot_everything_is_a_cache_like_any_other(self, server, clock):
        cache.set("n", 1)
        server.values.clear()
        assert cache.get("n") is None
        assert cache.add("n", 2)
        cache.clear()
        assert cache.get("n") is None


class TestThePortal:
    @pytest.mark.parametrize("mood", ["gone", "frozen"])
    def test_f09_reading_goes_on(self, server, clock, client, site, mood):
        server.go_away(mood)
        for path in ("/fr/", "/en/articles/", "/fr/account/login/", reverse("readyz")):
            assert client.get(path).status_code == HTTPStatus.OK, path

    @pytest.mark.parametrize("mood", ["well", "gone", "frozen"])
    def test_f09_no_limit_opens(self, server, clock, client, site, editor, mood):
        """Guessing a password is limited whether Redis counts or the table does."""
        server.go_away(mood)
        form = {"login": editor.username, "password": "not-the-password"}
        codes = [client.post(reverse("account_login"), form).status_code for _ in range(ATTEMPTS)]
        assert HTTPStatus.TOO_MANY_REQUESTS in codes or self.refuses(client, form)

    @staticmethod
    def refuses(client: Any, form: dict[str, str]) -> bool:
        """Whether even the right password is refused now."""
        client.post(reverse("account_login"), {**form, "password": "parley-demo-lantern"})
        return "_auth_user_id" not in client.session
