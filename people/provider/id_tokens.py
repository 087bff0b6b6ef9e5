"""ID tokens of the organisation's provider: believed only when everything about them is right.

OpenID Connect Core, 3.1.3.7. The signature is checked although the token came by a direct line.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings

from people.provider.issuer import ProviderRefusalError, find_key

ALGORITHMS = ("RS256", "ES256")
TOLERANCE = timedelta(minutes=2)  # by which clocks may differ
SHORTEST_RSA = 2_048  # bits
LONGEST_TOKEN = 100_000  # characters
LONGEST_SUBJECT = 255
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]


class IdTokenError(ProviderRefusalError):
    """A token that is not believed; the message says what is wrong with it and holds nothing of it."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"ID token: {fault}")


def read_id_token(
    token: str, *, issued_since: datetime, access_token: str, nonce: str | None = None
) -> dict[str, Any]:
    """Return the claims of a token that the provider made for us, for this very sign-in attempt.

    `nonce` is None where tokens are renewed: there is no attempt then. Raises `IdTokenError`, or
    `ProviderUnavailableError` where the keys cannot be had.
    """
    claims = _decode(token)
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise IdTokenError("sub is missing or too long")
    if not isinstance(claims["iat"], int | float):
        raise IdTokenError("iat is no number")
    # OpenID Connect Core, 3.1.3.7 (3–5): where there are other audiences, `azp` must be there and be ours.
    others = set(claims["aud"]) - {settings.PROVIDER_CLIENT_ID} if isinstance(claims["aud"], list) else None
    if claims.get("azp", None if others else settings.PROVIDER_CLIENT_ID) != settings.PROVIDER_CLIENT_ID:
        raise IdTokenError("azp is not this client")
    if claims["iat"] < (issued_since - TOLERANCE).timestamp():
        raise IdTokenError("iat is before the request")
    if nonce is not None and not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise IdTokenError("nonce is of another sign-in attempt")
    if "at_hash" in claims and claims["at_hash"] != _half_digest(access_token):
        raise IdTokenError("at_hash is of another access token")
    return claims


def _decode(token: str) -> dict[str, Any]:
    if not token or len(token) > LONGEST_TOKEN:
        raise IdTokenError("missing or too long")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise IdTokenError("unreadable") from None
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise IdTokenError("alg is neither RS256 nor ES256")
    key = find_key(header.get("kid"), algorithm)
    if isinstance(key.key, RSAPublicKey) and key.key.key_size < SHORTEST_RSA:
        raise IdTokenError("RSA key is shorter than 2048 bits")
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=settings.PROVIDER_CLIENT_ID,
            issuer=settings.PROVIDER_ISSUER,
            leeway=TOLERANCE,
            options={"require": REQUIRED},
        )
    except jwt.PyJWTError as error:
        raise IdTokenError(type(error).__name__) from None
    return claims


def _half_digest(access_token: str) -> str:
    digest = hashlib.sha256(access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
