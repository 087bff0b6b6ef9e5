"""An identity provider for the tests: a real server on the loopback address, with good and bad days.

It does what OpenID Connect asks of a provider, and checks what it asks of us: the redirect address, the
client's secret, the proof of who began (PKCE), codes and refresh tokens that work once. Whoever sits before
the browser is `person`. `forge` makes another ID token than the right one, `behaviour` another server.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from people.groups import EMPLOYEES
from people.provider import issuer

CLIENT_ID, CLIENT_SECRET = "parley:portal", "only-the+provider/knows&this"
KEY_ID = "key-1"
RSA_KEY = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
SHORT_KEY = rsa.generate_private_key(public_exponent=65_537, key_size=1_024)  # noqa: S505 - too short on purpose
EC_KEY = ec.generate_private_key(ec.SECP256R1())
# Seconds for which the portal waits: long where an answer comes, however busy the machine that runs the tests
# is, and short where none will.
PATIENCE, IMPATIENCE = 10, 0.3
SLOW_FAULTS = {"hanging", "dripping"}
Claims = dict[str, Any]


def public_key(key: Any, name: str = KEY_ID, algorithm: str = "RS256") -> Claims:
    """Return a key as the provider publishes it."""
    kind = RSAAlgorithm if algorithm == "RS256" else ECAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), "kid": name, "use": "sig", "alg": algorithm}


def sign(claims: Claims, key: Any = RSA_KEY, algorithm: str = "RS256", **header: Any) -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": KEY_ID, **header})


def sign_by_hand(claims: Claims, header: Claims, secret: bytes | None = None) -> str:
    """Return a token as no library makes it: unsigned, or with a secret that anybody can know."""
    parts = [_base64(json.dumps(part).encode()) for part in (header, claims)]
    signed = ".".join(parts)
    digest = hmac.new(secret, signed.encode(), hashlib.sha256).digest() if secret is not None else b""
    return f"{signed}.{_base64(digest)}"


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


ISAAC: Claims = {
    "sub": "f81d4fae-7dec-11d0",
    "given_name": "Isaac",
    "family_name": "Tremblay",
    "preferred_username": "isaac.t",
    "email": "isaac.tremblay@nordet.example",
    "email_verified": True,
    "groups": ["staff"],
}


@dataclass
class Provider:
    """What it knows, and how it behaves today."""

    issuer: str = ""
    person: Claims = field(default_factory=lambda: dict(ISAAC))
    disabled: set[str] = field(default_factory=set)
    keys: list[Claims] = field(default_factory=lambda: [public_key(RSA_KEY)])
    behaviour: str = "well"  # or broken, hanging, dripping, leading-away, speechless, endless
    faulty_path: str = "/"
    forge: Callable[[Claims], str] = sign
    on_the_way_back: Callable[[dict[str, str]], dict[str, str]] = lambda query: query
    document: Claims = field(default_factory=dict)  # what its configuration says besides
    to_bad_codes: tuple[int, Claims] = (400, {"error": "invalid_grant"})
    gives_refresh: bool = True
    renews_id: bool = True
    asked: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # every secret that it made
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh: dict[str, Claims] = field(default_factory=dict)
    access: dict[str, Claims] = field(default_factory=dict)

    def behave(self, behaviour: str, path: str = "/") -> None:
        """Behave otherwise from now on, for what stands below a path."""
        self.behaviour, self.faulty_path = behaviour, path
        patience = IMPATIENCE if behaviour in SLOW_FAULTS else PATIENCE
        issuer.TIMEOUTS, issuer.LONGEST_WAIT = (patience, patience), 2 * patience

    @property
    def configuration(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "authorization_response_iss_parameter_supported": True,
            **self.document,
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser is led: back, with a code for the person before it."""
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = self._make()
        self.codes[code] = {**query, "person": json.dumps(self.person)}
        back = {"code": code, "state": query["state"], "iss": self.issuer}
        return f"{query['redirect_uri']}?{urlencode(self.on_the_way_back(back))}"

    def take_code(self, form: dict[str, str]) -> Claims | None:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return None
        proof = _base64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if proof != asked["code_challenge"]:
            return None
        return self._tokens(json.loads(asked["person"]), nonce=asked["nonce"])

    def renew(self, form: dict[str, str]) -> Claims | None:
        person = self.refresh.pop(form.get("refresh_token", ""), None)
        if person is None or person["sub"] in self.disabled:
            return None
        current = self.person if self.person["sub"] == person["sub"] else person
        answer = self._tokens(current)
        return answer if self.renews_id else {k: v for k, v in answer.items() if k != "id_token"}

    def who(self, token: str) -> Claims | None:
        person = self.access.get(token)
        if person is None or person["sub"] in self.disabled:
            return None
        return self.person if self.person["sub"] == person["sub"] else person

    def _tokens(self, person: Claims, **more: str) -> Claims:
        access, refresh = self._make(), self._make()
        self.access[access] = person
        now = int(time.time())
        digest = hashlib.sha256(access.encode()).digest()
        claims = {
            **person,
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "at_hash": _base64(digest[:16]),
            **more,
        }
        answer = {"access_token": access, "token_type": "Bearer", "id_token": self.forge(claims)}
        self.given.append(answer["id_token"])
        if self.gives_refresh:
            self.refresh[refresh] = person
            answer["refresh_token"] = refresh
        return {name: value for name, value in answer.items() if value}

    def _make(self) -> str:
        self.given.append(secrets.token_urlsafe(24))
        return self.given[-1]


class Handler(BaseHTTPRequestHandler):
    """What the server answers."""

    server: "Server"

    def do_GET(self) -> None:
        provider, parts = self.server.provider, urlsplit(self.path)
        provider.asked.append(parts.path)
        if self._misbehaves(parts.path):
            return
        if parts.path == "/authorize":
            self._answer(302, location=provider.authorize(dict(parse_qsl(parts.query))))
        elif parts.path == "/userinfo":
            who = provider.who(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self._answer(200 if who else 401, who or {"error": "invalid_token"})
        elif parts.path == "/.well-known/openid-configuration":
            self._answer(200, provider.configuration)
        elif parts.path == "/keys":
            self._answer(200, {"keys": provider.keys})
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        provider, path = self.server.provider, urlsplit(self.path).path
        provider.asked.append(path)
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if self._misbehaves(path):
            return
        if not self._knows_the_portal(form):
            self._answer(401, {"error": "invalid_client"})
            return
        is_code = form["grant_type"] == "authorization_code"
        answer = provider.take_code(form) if is_code else provider.renew(form)
        refusal = provider.to_bad_codes if is_code else (400, {"error": "invalid_grant"})
        self._answer(*((200, answer) if answer else refusal))

    def _knows_the_portal(self, form: dict[str, str]) -> bool:
        scheme, _space, word = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            name, _colon, secret = base64.b64decode(word).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (CLIENT_ID, CLIENT_SECRET)
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)

    def _misbehaves(self, path: str) -> bool:
        provider = self.server.provider
        if provider.behaviour == "well" or not path.startswith(provider.faulty_path):
            return False
        if provider.behaviour == "broken":
            self._answer(503, {"error": "temporarily_unavailable"})
        elif provider.behaviour == "leading-away":
            self._answer(307, location=f"{provider.issuer}/elsewhere")
        elif provider.behaviour == "speechless":
            self._answer(200, location="")
        elif provider.behaviour == "hanging":
            self.server.rest.wait(10 * IMPATIENCE)
            self.close_connection = True
        elif provider.behaviour == "dripping":
            self._drip()
        elif provider.behaviour == "endless":
            self._answer(200, {"word": issuer.LONGEST_ANSWER * "x"})
        return True

    def _drip(self) -> None:
        """Say one more word each time before anybody would lose patience."""
        self.send_response(200)
        self.end_headers()
        while not self.server.rest.wait(IMPATIENCE / 3):
            self.wfile.write(b" ")

    def _answer(self, status: int, content: Any = None, location: str = "") -> None:
        body = json.dumps(content).encode() if content is not None else b""
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server of one provider."""

    daemon_threads = True

    def __init__(self, provider: Provider) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.provider = provider
        self.rest = threading.Event()

    def handle_error(self, *about: Any) -> None:
        """A portal that does not wait any longer hangs up."""


@pytest.fixture
def provider(settings: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider in good health, with which people sign in here."""
    provider = Provider()
    server = Server(provider)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setattr(issuer, "TIMEOUTS", issuer.TIMEOUTS)  # and so they are as ever after the test
    monkeypatch.setattr(issuer, "LONGEST_WAIT", issuer.LONGEST_WAIT)
    monkeypatch.setattr(issuer, "RETRY_AFTER", 600)  # longer than any test takes; some let it pass
    provider.behave("well")
    settings.PROVIDER_ISSUER = provider.issuer
    settings.PROVIDER_CLIENT_ID, settings.PROVIDER_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    settings.PROVIDER_LABEL = "Nordet ID"
    settings.PROVIDER_GROUPS = {"staff": [EMPLOYEES]}
    yield provider
    server.rest.set()
    server.shutdown()
    server.server_close()
    thread.join()


# --- What a browser does ------------------------------------------------------------------------


def leave(client: Client, way_back: str = "", language: str = "fr") -> str:
    """Press the button; return where the browser is sent."""
    with translation.override(language):
        answer = client.post(reverse("begin_provider_sign_in"), {"next": way_back})
    assert answer.status_code == 302, answer.status_code
    return answer["Location"]


def come_back(address: str) -> str:
    """Follow the way through the provider; return the address to which it leads back."""
    parts = urlsplit(address)
    line = HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        line.request("GET", f"{parts.path}?{parts.query}")
        return line.getresponse().headers["Location"]
    finally:
        line.close()


def arrive(client: Client, address: str) -> HttpResponse:
    """Open the address to which the provider leads back."""
    parts = urlsplit(address)
    return client.get(parts.path, parse_qs(parts.query))


def pass_through(client: Client, way_back: str = "", language: str = "fr") -> HttpResponse:
    """Sign in by the whole way there and back, and return the last answer."""
    return arrive(client, come_back(leave(client, way_back, language)))
