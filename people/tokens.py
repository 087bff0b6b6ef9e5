"""Secrets that may stand in an address or a cookie. Only digests of them are kept."""

import secrets

TOKEN_BYTES = 24  # 192 bits: nobody guesses one


def random_token() -> str:
    """Return a new secret that may stand in an address."""
    return secrets.token_hex(TOKEN_BYTES)
