"""Mozilla's HTTP Observatory, reckoned from one answer.

The rules are those of https://github.com/mdn/mdn-http-observatory (`src/grader/charts.js` and the tests
beside it), as read in November 2026: everybody begins with 100 points, penalties are taken away, and whoever
still has 90 gets the bonuses. Left out is what one answer does not tell, and counted as worth nothing: the
list of preloaded hosts, and the redirection from an unencrypted address.
"""

import re
from collections.abc import Mapping
from http.cookies import Morsel

BASE = 100
LEAST_FOR_BONUSES = 90
SIX_MONTHS = 15_768_000
BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*", "http://*.*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SCRIPT = re.compile(r"<script\b[^>]*\bsrc=[\"'](?:https?:)?//", re.IGNORECASE)
Policy = dict[str, set[str]]


def count_points(headers: Mapping[str, str], cookies: Mapping[str, Morsel], text: str) -> int:
    """Return the points of an answer. Header names are as Django writes them; `text` is the page."""
    points = [
        rate_policy(headers.get("Content-Security-Policy", "")),
        rate_cookies(cookies),
        rate_sharing(headers),
        rate_referrer(headers.get("Referrer-Policy", "")),
        rate_encryption(headers.get("Strict-Transport-Security", "")),
        0 if headers.get("X-Content-Type-Options", "").lower() == "nosniff" else -5,
        rate_frames(headers),
        rate_resources(headers.get("Cross-Origin-Resource-Policy", "")),
        -50 if SCRIPT.search(text) else 0,
    ]
    score = BASE + sum(each for each in points if each < 0)
    return score + sum(each for each in points if each > 0) if score >= LEAST_FOR_BONUSES else max(score, 0)


def read_policy(header: str) -> Policy:
    directives = (part.split() for part in header.split(";") if part.strip())
    return {name.lower(): {source.lower() for source in sources} for name, *sources in directives}


def rate_policy(header: str) -> int:
    policy = read_policy(header)
    if not policy:
        return -25
    everything = policy.get("default-src", {"*"})
    scripts, objects = policy.get("script-src", everything), policy.get("object-src", everything)
    styles = policy.get("style-src", everything)
    passive = {"img-src", "media-src"}
    active = {source for name, sources in policy.items() if name not in passive for source in sources}
    shown = {source for name in passive for source in policy.get(name, everything)}
    if scripts & (BROAD | INLINE) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in scripts | styles or any(source.startswith(("http:", "ftp:")) for source in shown):
        return -10
    if styles & (BROAD | INLINE):
        return 0
    return 10 if everything == {"'none'"} else 5


def rate_cookies(cookies: Mapping[str, Morsel]) -> int:
    worst = 5 if cookies else 0
    for name, cookie in cookies.items():
        is_session = any(part in name.lower() for part in ("login", "sess"))
        if not cookie["secure"]:
            worst = min(worst, -10 if is_session else -5)  # HSTS is rated by itself
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
        if cookie["samesite"].lower() not in {"lax", "strict"}:
            worst = min(worst, -20 if "csrf" in name.lower() or cookie["samesite"] else 0)
    return worst


def rate_sharing(headers: Mapping[str, str]) -> int:
    is_open = headers.get("Access-Control-Allow-Origin") not in (None, "*")
    return -50 if is_open and headers.get("Access-Control-Allow-Credentials") == "true" else 0


def rate_referrer(header: str) -> int:
    if not header:
        return 0
    return 5 if header.split(",")[-1].strip().lower() in PRIVATE_REFERRERS else -5


def rate_encryption(header: str) -> int:
    age = re.search(r"max-age=(\d+)", header)
    if age is None:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def rate_frames(headers: Mapping[str, str]) -> int:
    ancestors = read_policy(headers.get("Content-Security-Policy", "")).get("frame-ancestors", {"*"})
    is_kept_out = headers.get("X-Frame-Options", "").upper() in {"DENY", "SAMEORIGIN"}
    return 5 if is_kept_out or not ancestors & BROAD else -20


def rate_resources(header: str) -> int:
    if not header or header == "cross-origin":
        return 0
    return 10 if header in {"same-origin", "same-site"} else -5
