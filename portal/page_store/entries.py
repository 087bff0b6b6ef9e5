"""An answer as it is kept, and how it is given."""

import gzip
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.csp import build_policy

ALWAYS_ASK = "no-cache"  # kept by browsers, and asked for anew each time: the answer is mostly 304
VARY = "Accept-Encoding, Cookie"
# Of an answer, these are kept. One with any other header is not: it says something that we do not know.
KEPT = {
    *("cache-control", "content-language", "content-security-policy", "content-type", "last-modified"),
    *("cross-origin-opener-policy", "cross-origin-resource-policy", "link", "permissions-policy"),
    *("referrer-policy", "strict-transport-security", "vary", "x-content-type-options", "x-frame-options"),
    "x-robots-tag",
}
LEFT_OUT = {"content-length", "date", "etag", "x-request-id"}  # of one answer each
OF_CONTENT = {"Content-Type", "Content-Length", "Content-Encoding", "Last-Modified"}  # not in a 304
HTML = "text/html; charset=utf-8"
COMPRESSION = 6
# A file's time carries the digest of what is in it, so that a proxy which makes its tag from time and size
# makes the same one as we do. Thirty-one bits fit the times of every file system.
DIGEST_BITS = 31


@dataclass(frozen=True)
class Entry:
    """A whole answer: what is said beside it, itself, and itself compressed."""

    headers: dict[str, str]
    body: bytes
    digest: int
    until: float | None = None

    @property
    def packed(self) -> bytes:
        # Without a time, so that the same page is the same bytes, and has the same tag.
        return gzip.compress(self.body, COMPRESSION, mtime=0)

    @property
    def is_for_proxy(self) -> bool:
        """Whether a proxy that knows only the headers of an ordinary page can say all that we would."""
        return (
            self.headers.get("Content-Type") == HTML
            and self.headers.get("Cache-Control") == ALWAYS_ASK
            and self.headers.get("Content-Security-Policy") == build_policy(settings.SECURE_CSP)
            and not {"Link", "Last-Modified", "X-Robots-Tag"} & self.headers.keys()
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a kept answer before its body is read."""

    headers: dict[str, str]
    tags: tuple[str, str]  # plain, compressed
    path: str  # of the plain body; the compressed one stands beside it
    until: float | None

    @classmethod
    @lru_cache(maxsize=2_000)
    def read(cls, text: bytes, folder: str) -> "Kept":
        """Return what `text`, of a file in `folder`, says; the same words are taken apart once."""
        headers, plain_tag, packed_tag, name, until = json.loads(text)
        return cls(headers, (plain_tag, packed_tag), f"{folder}/{name}", until)


def make_entry(response: HttpResponse) -> Entry | None:
    """Return `response` as it may be kept, and let it say so; None if it says what we do not know."""
    names = {name.lower() for name in response.headers}
    if names - KEPT - LEFT_OUT or getattr(response, "_csp_config", None) is not None:
        return None
    response.headers.setdefault("Cache-Control", ALWAYS_ASK)
    response.headers["Vary"] = VARY
    headers = {name: value for name, value in response.headers.items() if name.lower() in KEPT}
    digest = sha256(repr(sorted(headers.items())).encode() + response.content).digest()
    return Entry(headers, response.content, 1 + int.from_bytes(digest[:8]) % (2**DIGEST_BITS - 1))


def read_file(path: str) -> bytes:
    """Return what is in a file, with no more ado than it takes."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, os.fstat(file).st_size)
    finally:
        os.close(file)


def tag_of(digest: int, size: int) -> str:
    """Return the tag of a body, as nginx makes it from the time and the size of a file."""
    return f'"{digest:x}-{size:x}"'


def answer_kept(request: HttpRequest, kept: Kept) -> HttpResponse | None:
    """Return the kept answer, or 304 to whoever has it; None if it was purged at this very moment."""
    is_packed = accepts_gzip(request)
    tag = kept.tags[is_packed]
    if is_known(request, tag):
        return not_modified(kept.headers, tag)
    try:
        body = read_file(f"{kept.path}.gz" if is_packed else kept.path)
    except OSError:
        return None
    headers = {**kept.headers, "ETag": tag, "Content-Length": str(len(body))}
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)


def answer_fresh(request: HttpRequest, response: HttpResponse, entry: Entry) -> HttpResponse:
    """Return what was just made as the store would: with its tag, or 304 to whoever has it."""
    tag = tag_of(entry.digest, len(entry.body))
    if is_known(request, tag):
        return not_modified(entry.headers, tag)
    response.headers["ETag"] = tag
    response.headers["Content-Length"] = str(len(entry.body))
    return response


def not_modified(headers: dict[str, str], tag: str) -> HttpResponse:
    kept = {name: value for name, value in headers.items() if name not in OF_CONTENT}
    return HttpResponseNotModified(headers={**kept, "ETag": tag})


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the reader's browser unpacks what is packed."""
    for offer in request.META.get("HTTP_ACCEPT_ENCODING", "").split(","):
        name, _sign, weight = offer.partition(";")
        if name.strip().lower() == "gzip":
            # `q=0`, however many zeros: this browser refuses it.
            return weight.replace(" ", "").rstrip(".0") != "q="
    return False


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the browser has what `tag` stands for; a proxy may have called the tag weak."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    return bool(asked) and any(part.strip().removeprefix("W/") == tag for part in asked.split(","))
