"""The cache that falls back to the database while Redis is unavailable (F09).

What is kept here may be lost, but limits are counted here, and a limit that cannot count must not open
(decision 5).
"""

import logging
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

RETRY_AFTER = 5.0  # seconds for which a server that failed is not asked
TIMEOUT = 0.3  # seconds, to connect and for each answer
FAULTS = (RedisError, OSError)
FALLBACK = "fallback"  # of `CACHES`: the table of the database

logger = logging.getLogger(__name__)
# When each server may be asked again, by its address: Django has a cache object for every thread.
_retry_at: dict[str, float] = {}


class SteadyRedisCache(RedisCache):
    """Redis, and the table of the database for as long as Redis is unavailable.

    Callers notice a pause and no error: at most twice `TIMEOUT` every `RETRY_AFTER` seconds in each process.
    What was counted before the server went away begins anew in the table, and the other way round: a limit
    may let through at most twice as much as it says, and never everything.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        timeouts = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT}
        super().__init__(server, {**params, "OPTIONS": {**timeouts, **params.get("OPTIONS", {})}})
        self.address = str(server)

    def _do(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= _retry_at.get(self.address, 0.0):
            try:
                return getattr(super(), name)(*args, **kwargs)
            except FAULTS as fault:
                _retry_at[self.address] = monotonic() + RETRY_AFTER
                logger.warning(
                    "Redis unavailable (%s): database cache for %.0f s", type(fault).__name__, RETRY_AFTER
                )
        fallback: BaseCache = caches[FALLBACK]
        return getattr(fallback, name)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._do("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._do("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("delete", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return self._do("get_many", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._do("has_key", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return self._do("incr", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[str]:
        return self._do("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._do("delete_many", *args, **kwargs)

    def clear(self) -> None:
        self._do("clear")
