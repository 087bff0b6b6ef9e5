"""Keyed digests: what is kept of an address or a network so that it is known again, and told to nobody.

Their key is not the one that signs sessions and links. That one may be replaced; a digest is of use for as
long as its row is kept, and nothing is left from which it could be made anew.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_digest(purpose: str, value: str) -> str:
    """Return 64 hexadecimal digits (HMAC-SHA-256) that only who has `DIGEST_KEY` can make of `value`.

    Digests of different purposes have nothing in common, even of the same value.
    """
    return salted_hmac(purpose, value, secret=settings.DIGEST_KEY, algorithm="sha256").hexdigest()
