"""The way to the provider and back: what leaves with a browser, and how the same browser is known again.

Each attempt has a state, a nonce and a verifier (PKCE) of its own. They wait in the session of the browser
that began it, encrypted, and are used once.
"""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from people.ciphers import decrypt, encrypt
from people.provider.issuer import Endpoints
from portal.sites import whole_address

ATTEMPTS = "provider_sign_in_attempts"
PENDING_SIGN_IN = (
    "provider_pending_sign_in"  # what came back, in a session's data until somebody is signed in
)
LIFETIME = 600  # seconds: long enough for a forgotten password
MOST_AT_ONCE = 5  # windows of one browser in which somebody is about to sign in


class SignInAttemptError(Exception):
    """An attempt that does not go on here; the message says why, and holds nothing that was sent."""


@dataclass(frozen=True)
class SignInAttempt:
    """One way of one browser to the provider and back, by OpenID Connect or SAML."""

    state: str
    nonce: str
    verifier: str
    next: str
    language: str
    started: float

    @classmethod
    def begin(cls, request: HttpRequest, *, next: str, language: str) -> Self:
        """Return a new attempt, which the browser of `request` alone can end."""
        attempt = cls(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            next=next,
            language=language,
            started=time.time(),
        )
        # The oldest give way: attempts that nobody ends do not make the session longer and longer.
        waiting = dict(list(_waiting_attempts(request).items())[1 - MOST_AT_ONCE :])
        request.session[ATTEMPTS] = {**waiting, attempt.state: encrypt(json.dumps(asdict(attempt)))}
        return attempt

    @classmethod
    def take_asked(cls, request: HttpRequest, request_id: str) -> Self:
        """Return the attempt in which this was asked, as `take` does."""
        return cls.take(request, request_id.removeprefix("_"))

    @classmethod
    def take(cls, request: HttpRequest, state: str) -> Self:
        """Return the attempt of this state, which nobody can take again. Raises `SignInAttemptError`."""
        waiting = _waiting_attempts(request)
        sealed = waiting.pop(state, None)
        opened = decrypt(sealed) if sealed else None
        if opened is None:
            raise SignInAttemptError("state is unknown in this browser")
        request.session[ATTEMPTS] = waiting
        # At once, and not with the answer: until then the next request would find the state again.
        request.session.save()
        # Of two requests in the same moment, both may have found it in their copy of the session.
        digest = hashlib.sha256(state.encode()).hexdigest()
        if not cache.add(f"people.provider.attempts:{digest}", 1, LIFETIME):
            raise SignInAttemptError("state was used already")
        attempt = cls(**json.loads(opened))
        if time.time() > attempt.started + LIFETIME:
            raise SignInAttemptError(f"begun more than {LIFETIME} s ago")
        return attempt

    @property
    def request_id(self) -> str:
        """The name of a request in SAML, where a name begins with a letter or a line."""
        return f"_{self.state}"

    @property
    def started_at(self) -> datetime:
        return datetime.fromtimestamp(self.started, UTC)

    def address(self, endpoints: Endpoints) -> str:
        """Return where the provider takes over."""
        challenge = hashlib.sha256(self.verifier.encode()).digest()
        query = urlencode(
            {
                "response_type": "code",
                "client_id": settings.PROVIDER_CLIENT_ID,
                "redirect_uri": redirect_uri(),
                "scope": " ".join(settings.PROVIDER_SCOPES),
                "state": self.state,
                "nonce": self.nonce,
                "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
                "code_challenge_method": "S256",
                "ui_locales": self.language,
            }
        )
        sign = "&" if urlsplit(endpoints.authorization).query else "?"
        return f"{endpoints.authorization}{sign}{query}"


def redirect_uri() -> str:
    """Return the one address to which the provider leads back, as it is registered there."""
    return whole_address(reverse("end_provider_sign_in"))


def assertion_uri() -> str:
    """Return the one address to which a provider that speaks SAML answers; the site is known there by it."""
    return whole_address(reverse("take_assertion"))


def _waiting_attempts(request: HttpRequest) -> dict[str, str]:
    """Return what waits in this browser, the oldest first."""
    kept = request.session.get(ATTEMPTS)
    return dict(kept) if isinstance(kept, dict) else {}
