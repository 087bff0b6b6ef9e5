"""Reads the environment, and refuses nonsense with a sentence that says what to write instead.

Every variable that these functions read is described in `docs/reference/settings.md`.
"""

import contextlib
import json
import os
import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.core.exceptions import ImproperlyConfigured
from django.core.validators import validate_email
from django.forms import ValidationError
from environs import Env, EnvError

SECRET_LENGTH = 50  # what Django's own deployment check asks for
DIFFERENT_CHARACTERS = 10  # twice as many as it asks for
INSECURE_START = (
    "django-insecure-"  # of a key that Django made for development, and which stands in a repository
)
SHORTEST_RSA = 2_048  # bits
HTTP_SCHEMES = frozenset({"http", "https"})
REDIS_SCHEMES = frozenset({"redis", "rediss", "unix"})

_env = Env()


def read_text(name: str, default: str) -> str:
    """Return the words in `name`, without the space around them."""
    return _env.str(name, default).strip()


def read_switch(name: str, default: bool) -> bool:
    """Return whether `name` says yes."""
    try:
        return _env.bool(name, default)
    except EnvError:
        raise refusal(name, "Write true or false.") from None


def read_number(name: str, default: int, *, at_least: int, at_most: int) -> int:
    """Return the whole number in `name`, which lies between the two bounds."""
    sentence = f"Write a whole number between {at_least} and {at_most}."
    try:
        number = _env.int(name, default)
    except EnvError:
        raise refusal(name, sentence) from None
    if not at_least <= number <= at_most:
        raise refusal(name, sentence)
    return number


def read_limit(name: str, default: str) -> tuple[int, ...]:
    """Return the whole numbers in `name`: how many in ten minutes and, where there are two, in a day."""
    numbers = read_list(name, default)
    is_number = [bool(re.fullmatch(r"[1-9]\d{0,5}", number, re.ASCII)) for number in numbers]
    if len(numbers) != len(default.split()) or not all(is_number):
        raise refusal(name, f"Write whole numbers from 1 to 999999, as many as here: {default}.")
    return tuple(map(int, numbers))


def read_secret(name: str) -> str:
    """Return the secret in `name`; there is no default for it, and its value is in no message."""
    secret = read_text(name, "")
    if not _is_strong_secret(secret):
        raise ImproperlyConfigured(
            f"{name} is missing or too weak for a secret. Write {SECRET_LENGTH} random characters or more, "
            'for example what this prints: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return secret


def read_former_secrets(name: str) -> list[str]:
    """Return the secrets in `name`, which held before the present one; none of them is in a message."""
    secrets = read_list(name, "")
    if not all(map(_is_strong_secret, secrets)):
        raise ImproperlyConfigured(
            f"{name} holds what was no key here: it is too weak for a secret. Write former keys with "
            "spaces between them, or leave it empty."
        )
    return secrets


def _is_strong_secret(secret: str) -> bool:
    is_sample = secret.startswith(INSECURE_START)
    return not is_sample and len(secret) >= SECRET_LENGTH and len(set(secret)) >= DIFFERENT_CHARACTERS


def read_hosts(name: str) -> list[str]:
    """Return the host names in `name`, separated by commas; at least one, and never all of them."""
    hosts = [host.strip() for host in read_text(name, "").split(",") if host.strip()]
    sentence = "Write the names under which the site is reached: news.example.org,www.example.org."
    if not hosts or any(host == "*" or "/" in host or " " in host for host in hosts):
        raise refusal(name, sentence)
    return hosts


def read_base_url(name: str, default: str = "", *, schemes: frozenset[str] = HTTP_SCHEMES) -> str:
    """Return the address in `name`, without a slash at its end. Without a default it must be there."""
    url = read_text(name, default)
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname or parts.path.strip("/") or parts.query:
        raise refusal(
            name,
            "Write the site's address, with its scheme and nothing after the host: https://news.example.org.",
        )
    return url.rstrip("/")


def read_secure_url(name: str) -> str:
    """Return the address in `name`, letter by letter, or nothing; plain http only to this very machine."""
    url = read_text(name, "")
    parts = urlsplit(url)
    if url and (not is_secure(parts) or parts.query or parts.fragment or parts.username):
        raise refusal(name, "Write an encrypted address, as its owner writes it: https://id.example.org.")
    return url


def read_origins(name: str) -> list[str]:
    """Return the origins in `name`, with spaces between them: schemes and hosts, with nothing behind."""
    origins = read_list(name, "")
    for parts in map(urlsplit, origins):
        if not is_secure(parts) or parts.path or parts.query or parts.fragment or parts.username:
            raise refusal(name, "Write schemes and hosts with spaces between them: https://login.example.org")
    return origins


def is_secure(parts: SplitResult) -> bool:
    """Whether what is sent to an address can be read there alone."""
    if parts.scheme == "https":
        return bool(parts.hostname)
    try:
        return parts.scheme == "http" and ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def read_certificates(name: str) -> list[Certificate]:
    """Return the certificates in the file that `name` names, or none; keys that are too short are refused."""
    path = read_text(name, "")
    if not path:
        return []
    try:
        certificates = load_pem_x509_certificates(Path(path).read_bytes())
    except (OSError, ValueError):
        certificates = []
    if not certificates or not all(_is_strong(certificate.public_key()) for certificate in certificates):
        raise refusal(
            name,
            "Write the path of a file of certificates (PEM), of RSA keys of 2048 bits or of elliptic curves.",
        )
    return certificates


def _is_strong(key: object) -> bool:
    return isinstance(key, EllipticCurvePublicKey) or (
        isinstance(key, RSAPublicKey) and key.key_size >= SHORTEST_RSA
    )


def read_list(name: str, default: str) -> list[str]:
    """Return the words in `name`, which have spaces between them."""
    return read_text(name, default).split()


def read_group_names(name: str) -> dict[str, list[str]]:
    """Return the groups in `name` by the word that stands for them: an object of JSON."""
    try:
        read = json.loads(read_text(name, "") or "{}")
    except ValueError:
        read = None
    rows = read.values() if isinstance(read, dict) else [None]
    if not all(row and isinstance(row, list) and all(isinstance(word, str) for word in row) for row in rows):
        raise refusal(
            name, 'Write groups as lists in an object of JSON: {"*": ["Employees"], "press": ["Editors"]}.'
        )
    return read


def read_mail_address(name: str, default: str) -> str:
    """Return the mail address in `name`."""
    address = read_text(name, default)
    try:
        validate_email(address)
    except ValidationError:
        raise refusal(name, "Write one address: news@example.org.") from None
    return address


def read_time_zone(name: str, default: str) -> str:
    """Return the time zone in `name`."""
    zone = read_text(name, default)
    if zone not in available_timezones():
        raise refusal(name, "Write a name of the time zone database: America/Toronto.")
    return zone


def read_redis_url(name: str) -> str:
    """Return the address of Redis in `name`, or nothing where there is no Redis."""
    url = read_text(name, "")
    if url and urlsplit(url).scheme not in REDIS_SCHEMES:
        raise refusal(name, "Write redis://host:6379/0, or leave it out to keep the cache in the database.")
    return url


def read_database(name: str, default: str) -> dict[str, object]:
    """Return Django's database settings for the address in `name`.

    `sqlite:///absolute/path` and `postgresql://user:password@host:port/database?option=value` are understood.
    """
    parts = urlsplit(read_text(name, default))
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return sqlite(parts.path[1:] if parts.path.startswith("//") else parts.path)
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return postgresql(parts)
    # The value is not repeated: it may hold a password.
    raise ImproperlyConfigured(
        f"{name} names no database. Write sqlite:////path/to/file or postgresql://user:password@host:5432/database."
    )


def make_private_folder(path: Path) -> Path:
    """Return a folder that its owner alone may enter, made where there is none."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def make_private_file(path: Path) -> None:
    """Make an empty file that its owner alone may read, where there is none and the folder takes it.

    SQLite lays an empty database out, and gives what it keeps beside it the same rights.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sqlite(path: str) -> dict[str, object]:
    """Return settings for a SQLite file that loses no committed row and lets several writers wait in turn."""
    name = unquote(path)
    make_private_file(Path(name))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            # A transaction that begins by reading could not write any more once another has written.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def postgresql(parts: SplitResult) -> dict[str, object]:
    """Return settings for a PostgreSQL server that is given up on soon rather than waited for.

    What follows the question mark of the address goes to the driver and overrides these options.
    """
    try:
        port = str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured("The port in DATABASE_URL is no number. Write …@host:5432/…") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            # `GRACE` of `portal.page_store.marks` must be longer than a statement may take.
            "options": "-c lock_timeout=5s -c statement_timeout=30s",
            **dict(parse_qsl(parts.query)),
        },
    }


def refusal(name: str, sentence: str) -> ImproperlyConfigured:
    """Return the error that names the variable, repeats what it holds and says what to write."""
    return ImproperlyConfigured(f"{name} is “{_env.str(name, '')}”. {sentence}")
