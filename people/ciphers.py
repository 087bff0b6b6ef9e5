"""Secrets that must be read again are kept encrypted: a copy of the database alone opens nothing."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """Return `text` in a form that the key of the site alone reads."""
    return _cipher().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str | None:
    """Return what was encrypted under the present key or a former one, or None where neither fits."""
    try:
        return _cipher().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    # The first encrypts, any decrypts: the key may be replaced while sealed things wait.
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str) -> bytes:
    # Named for its use: the same key of the site signs other things.
    return base64.urlsafe_b64encode(hashlib.sha256(b"people.ciphers:" + key.encode()).digest())
