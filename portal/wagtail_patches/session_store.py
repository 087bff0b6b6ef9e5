"""Sessions in the database, under a digest of their key (`SESSION_ENGINE`).

The key is in the browser alone: whoever reads the table, or a backup of it, cannot take up anybody's session.
Django's store writes the key, and finds a session by it in methods of its own.
"""

from hashlib import sha256

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from portal.wagtail_patches import Patch

PATCH = Patch(
    "django",
    "6.1.3",
    "`SessionStore` in django/contrib/sessions/backends/db.py: in which methods a key meets the database,"
    " and in which it is forgotten, each with its twin for asynchronous code",
)
KEY_LENGTH = 40  # of Django's column: 160 bits of the digest, about as many as a key has


def digest_of(session_key: str) -> str:
    """Return under what a session is kept."""
    return sha256(session_key.encode()).hexdigest()[:KEY_LENGTH]


class SessionStore(DatabaseStore):
    """Django's store, which never writes a key. Keys are drawn at random, so that a plain digest will do."""

    def _get_session_from_db(self) -> Session | None:
        return self._or_forget(self._kept().first())

    async def _aget_session_from_db(self) -> Session | None:
        return self._or_forget(await self._kept().afirst())

    def _kept(self) -> QuerySet[Session]:
        return self.model.objects.filter(
            session_key=digest_of(self.session_key), expire_date__gt=timezone.now()
        )

    def _or_forget(self, session: Session | None) -> Session | None:
        """Return the session; where there is none, its key is not taken: somebody else may have chosen it."""
        if session is None:
            self._session_key = None
        return session

    def exists(self, session_key: str) -> bool:
        return super().exists(digest_of(session_key))

    async def aexists(self, session_key: str) -> bool:
        return await super().aexists(digest_of(session_key))

    def create_model_instance(self, data: dict[str, object]) -> Session:
        session = super().create_model_instance(data)
        session.session_key = digest_of(session.session_key)
        return session

    async def acreate_model_instance(self, data: dict[str, object]) -> Session:
        session = await super().acreate_model_instance(data)
        session.session_key = digest_of(session.session_key)
        return session

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(digest_of(key))

    async def adelete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            await super().adelete(digest_of(key))
