"""The organisation's identity provider, as it is reached: what it says of itself, its keys, its tokens.

It is asked directly, never through a redirect, and never waited for longer than some seconds. Whoever asks
gets an answer or one of two errors: it is unavailable, or it refuses. Neither holds anything secret.

That an endpoint is unavailable is remembered for some seconds, so that nobody waits for it again at once.
What a visitor's code provokes is not remembered: whoever plays with it would keep us from asking about those
who are signed in.
"""

import hashlib
import json
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlsplit

import requests
from django.conf import settings
from django.core.cache import cache
from jwt import PyJWK, PyJWTError
from urllib3.exceptions import HTTPError

from portal.settings.env import is_secure

BY_PROVIDER = "by_provider"  # with this, a sign-in says that the provider has authenticated the person
DISCOVERY = "/.well-known/openid-configuration"
KEPT = 3_600  # seconds: how long keys and addresses are believed to be the same
KEYS_AGAIN = 30  # seconds: no more often do we look for a key that we do not know
# While it is unavailable nobody waits for it again at once: a provider that hangs would hold every process.
RETRY_AFTER = 10  # seconds
TIMEOUTS = (2, 3)  # seconds: until it takes the line, and until it says the next word
LONGEST_WAIT = 5  # seconds for a whole answer
LONGEST_ANSWER = 500_000  # bytes
CHUNK = 16_384
# By these the token endpoint says that we are wrong, not the person.
FAULTS_OF_OURS = {
    "invalid_client",
    "invalid_request",
    "invalid_scope",
    "temporarily_unavailable",
    "server_error",
    "slow_down",
    "unauthorized_client",
    "unsupported_grant_type",
}
_IS_PROVOKED: ContextVar[bool] = ContextVar("is_provoked", default=False)
ERROR_CODE = re.compile(r"[a-z_]{1,40}")
logger = logging.getLogger(__name__)


class ProviderError(Exception):
    """What the provider did not do; the message is ours, and may be logged."""


class ProviderUnavailableError(ProviderError):
    """It cannot be reached, or answers nothing that makes sense: nothing is known about the person."""


class ProviderRefusalError(ProviderError):
    """It refuses the person, or what it says is not believed."""


@dataclass(frozen=True)
class Endpoints:
    """What the provider says about itself."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    takes_basic: bool
    names_itself: bool  # in the address that leads back (RFC 9207)


@dataclass(frozen=True)
class Tokens:
    """What the provider gave. None of it is ever printed."""

    access: str = field(repr=False)
    refresh: str = field(repr=False, default="")
    id: str = field(repr=False, default="")


@contextmanager
def provoked_by_visitor() -> Iterator[None]:
    """Ask, within the block, because of what a visitor sent: no answer to it is an answer about the provider.

    One thing is remembered, for other visitors alone: that nothing came back at all. They would hold every
    process while they wait.
    """
    token = _IS_PROVOKED.set(True)
    try:
        yield
    finally:
        _IS_PROVOKED.reset(token)


def is_on() -> bool:
    """Whether there is a provider to sign in with."""
    return bool(settings.PROVIDER_ISSUER)


def speaks_saml() -> bool:
    """Whether it speaks SAML (`people.provider.saml`); otherwise it speaks OpenID Connect, as here."""
    return bool(settings.SAML_ENTITY)


def speaks_openid() -> bool:
    return is_on() and not speaks_saml()


def find_endpoints() -> Endpoints:
    """Return the provider's addresses. Raises `ProviderUnavailableError`."""
    kept = cache.get(_key("endpoints"))
    if kept is not None:
        return Endpoints(**kept)
    document = _fetch("discovery", settings.PROVIDER_ISSUER.rstrip("/") + DISCOVERY)
    if document.get("issuer") != settings.PROVIDER_ISSUER:
        raise ProviderUnavailableError("discovery: issuer is not PARLEY_PROVIDER_ISSUER")
    methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    endpoints = Endpoints(
        authorization=_address(document, "authorization_endpoint"),
        token=_address(document, "token_endpoint"),
        keys=_address(document, "jwks_uri"),
        userinfo=_address(document, "userinfo_endpoint") if document.get("userinfo_endpoint") else "",
        takes_basic="client_secret_basic" in methods,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )
    cache.set(_key("endpoints"), asdict(endpoints), KEPT)
    return endpoints


def find_key(key_id: str | None, algorithm: str) -> PyJWK:
    """Return the provider's key of this name and kind; one that it has changed is looked for again.

    Raises `ProviderRefusalError` for a key that it does not have.
    """
    keys = cache.get(_key("keys"))
    found = _pick(_fetch_keys() if keys is None else keys, key_id, algorithm)
    if found is None and keys is not None and cache.add(_key("keys-again"), 1, KEYS_AGAIN):
        found = _pick(_fetch_keys(), key_id, algorithm)
    if found is not None:
        return found
    raise ProviderRefusalError("kid or alg fits no key of the JWKS endpoint")


def redeem_code(code: str, verifier: str, redirect_uri: str) -> Tokens:
    """Change the authorization code of a sign-in attempt into tokens, which works once."""
    return _ask_for_tokens(
        grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri=redirect_uri
    )


def renew_tokens(refresh_token: str) -> Tokens:
    """Ask, by new tokens, whether the provider still lets somebody sign in."""
    return _ask_for_tokens(grant_type="refresh_token", refresh_token=refresh_token)


def ask_who(access_token: str) -> dict[str, Any]:
    """Return what the provider says now about the person of an access token."""
    url = find_endpoints().userinfo
    status, answer = _ask(
        "userinfo endpoint", "GET", url, headers={"Authorization": f"Bearer {access_token}"}
    )
    if status in {400, 401, 403}:
        raise ProviderRefusalError(f"userinfo endpoint answered HTTP {status}")
    if status != 200 or not isinstance(answer.get("sub"), str):
        raise _unavailable(url, f"userinfo endpoint answered HTTP {status}, or without a sub")
    return answer


def _ask_for_tokens(**form: str) -> Tokens:
    endpoints = find_endpoints()
    name, secret = settings.PROVIDER_CLIENT_ID, settings.PROVIDER_CLIENT_SECRET
    auth = None
    if endpoints.takes_basic:  # RFC 6749, 2.3.1: encoded before it is put together
        auth = (quote_plus(name), quote_plus(secret))
    else:
        form |= {"client_id": name, "client_secret": secret}
    status, answer = _ask("token endpoint", "POST", endpoints.token, data=form, auth=auth)
    if status == 200 and isinstance(answer.get("access_token"), str):
        refresh, id_token = answer.get("refresh_token") or "", answer.get("id_token") or ""
        return Tokens(access=answer["access_token"], refresh=str(refresh), id=str(id_token))
    said = str(answer.get("error"))
    error = said if ERROR_CODE.fullmatch(said) else f"HTTP {status}"
    if status == 200 or error in FAULTS_OF_OURS:
        logger.error("OIDC token endpoint gives no tokens to this site: %s", error)
        raise _unavailable(endpoints.token, f"token endpoint answered {error}")
    raise ProviderRefusalError(f"token endpoint answered {error}")


def _fetch_keys() -> list[dict[str, Any]]:
    answer = _fetch("JWKS endpoint", find_endpoints().keys)
    keys = [key for key in answer.get("keys") or [] if isinstance(key, dict)]
    cache.set(_key("keys"), keys, KEPT)
    return keys


def _pick(keys: list[dict[str, Any]], key_id: str | None, algorithm: str) -> PyJWK | None:
    kind = {"RS256": "RSA", "ES256": "EC"}[algorithm]
    fitting = [
        key
        for key in keys
        if key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (key_id is None or key.get("kid") == key_id)
    ]
    if len(fitting) != 1:  # without a name there must be no choice
        return None
    try:
        return PyJWK(fitting[0], algorithm=algorithm)
    except PyJWTError:
        return None


def _address(document: dict[str, Any], name: str) -> str:
    url = document.get(name)
    if not isinstance(url, str) or not is_secure(urlsplit(url)):
        raise ProviderUnavailableError(f"discovery: no {name} by https")
    return url


def _fetch(name: str, url: str) -> dict[str, Any]:
    status, answer = _ask(name, "GET", url)
    if status != 200:
        raise _unavailable(url, f"{name} answered HTTP {status}")
    return answer


def _ask(name: str, method: str, url: str, **more: Any) -> tuple[int, dict[str, Any]]:
    """Return the status and the object of JSON with which the provider answers; `name` is the endpoint's."""
    if cache.get(_unavailable_key(url)) or (
        _IS_PROVOKED.get() and cache.get(_unavailable_key(url, "visitors"))
    ):
        raise ProviderUnavailableError(f"{name} was unavailable less than {RETRY_AFTER} s ago")
    begun = time.monotonic()
    try:
        with requests.Session() as session:
            # `_read` takes the bytes as they come, so that its limit is that of what is held in memory.
            session.headers["Accept-Encoding"] = "identity"
            session.trust_env = False  # no names and passwords from files of this machine
            with session.request(
                method, url, timeout=TIMEOUTS, allow_redirects=False, stream=True, **more
            ) as response:
                status, body = response.status_code, _read(response)
    except (requests.RequestException, HTTPError, OSError) as error:
        fault = f"{name}: {type(error).__name__} after {time.monotonic() - begun:.1f} s"
        # From None: the message of the error holds the address and what was sent.
        raise _unavailable(url, fault, is_unanswered=True) from None
    if status >= 500 or 300 <= status < 400 or status == 429:
        raise _unavailable(url, f"{name} answered HTTP {status}")
    try:
        answer = _object(body)
    except ValueError:
        if status == 200:
            raise _unavailable(url, f"{name} answered HTTP 200 without a JSON object") from None
        answer = {}
    return status, answer


def _object(body: bytes) -> dict[str, Any]:
    answer = json.loads(body)
    if not isinstance(answer, dict):
        raise ValueError
    return answer


def _read(response: requests.Response) -> bytes:
    """Return the body; one that drips or does not end is given up."""
    body, until = b"", time.monotonic() + LONGEST_WAIT
    while chunk := response.raw.read1(CHUNK, decode_content=False):
        body += chunk
        if len(body) > LONGEST_ANSWER or time.monotonic() > until:
            raise requests.Timeout
    return body


def _unavailable(url: str, reason: str, *, is_unanswered: bool = False) -> ProviderUnavailableError:
    """Return the error, and remember that the endpoint is unavailable; `is_unanswered`: nothing came back."""
    if not _IS_PROVOKED.get():
        cache.set(_unavailable_key(url), 1, RETRY_AFTER)
    elif is_unanswered:
        cache.set(_unavailable_key(url, "visitors"), 1, RETRY_AFTER)
    return ProviderUnavailableError(reason)


def _unavailable_key(url: str, whose: str = "ours") -> str:
    return _key(f"unavailable:{whose}:{hashlib.sha256(url.encode()).hexdigest()[:16]}")


def _key(what: str) -> str:
    issuer = hashlib.sha256(settings.PROVIDER_ISSUER.encode()).hexdigest()[:16]
    return f"people.provider.issuer:{issuer}:{what}"
