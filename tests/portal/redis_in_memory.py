"""Redis as far as Django asks for it: kept in memory, and failing on demand as the real client does."""

from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import ConnectionError as NobodyThere
from redis.exceptions import TimeoutError as NoAnswer

from portal.caches import SteadyRedisCache

FAULTS = {"gone": NobodyThere, "frozen": NoAnswer}


class RedisInMemory:
    """Replaces Django's client. `behaviour` says how it behaves: well, frozen or gone."""

    def __init__(self) -> None:
        self.behaviour = "well"
        self.asked: list[str] = []
        self.memory = LocMemCache("redis", {})
        self.memory.clear()

    def __getattr__(self, act: str) -> Any:
        if self.behaviour in FAULTS:
            raise FAULTS[self.behaviour]
        self.asked.append(act)
        return getattr(self.memory, act)


class CacheInMemory(SteadyRedisCache):
    """The portal's cache before such a client, which is handed over in `OPTIONS`."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._cache = params["OPTIONS"]["client"]
