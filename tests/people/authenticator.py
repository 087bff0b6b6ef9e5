"""An app for one-time codes, as people have it on their phone (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time

HALF_MINUTE = 30


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the code that the app shows now, or so many half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // HALF_MINUTE + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
