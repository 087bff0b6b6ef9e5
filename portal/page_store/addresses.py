"""Which addresses are kept, and under which name: a closed list, so that no request chooses a file name."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

# What a reader may wish of a page, in this order. Whoever adds one makes sure that the answer to it is the
# same for everybody, and that nothing else in the address changes the answer.
PARAMETERS = ("from", "order", "show", "page")
# What others hang on to our addresses, to know who follows them. The answer is the page without them.
TRACKERS = re.compile(r"(?:utm|mtm|pk)_[a-z_]{1,30}|fbclid|gclid|msclkid|mc_[ce]id")
VALUE = re.compile(r"[A-Za-z0-9_-]{1,40}")
# Both become names of folders: no two dots in a row, and no longer than a file system takes.
HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?!\.)){0,250}(?::[0-9]{1,5})?")
SEGMENT = r"[A-Za-z0-9_-]{1,255}"
LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
# Pages end in a slash, feeds in a known name. What only ever answers one person is left out.
PATH = re.compile(
    rf"/(?:{LANGUAGES})(?!/(?:account|data|conversation|c|search|share)/)(?:/{SEGMENT}){{0,20}}/"
    rf"|/(?:{LANGUAGES})/feeds(?:/{SEGMENT}){{1,2}}\.atom"
)
PLAIN = "index"  # the name of a page without any wish


@dataclass(frozen=True, slots=True)
class Address:
    """A place in the store: the folder of a host and path, and the name of what was wished of the page.

    `is_exact`: the request says this and nothing else, so that the answer to it may be kept.
    """

    folder: str
    variant: str
    is_exact: bool = True


def address_of(request: HttpRequest) -> Address | None:
    """Return where the answer to `request` is kept, or None where it is not."""
    meta = request.META
    # The name as Django reads it, before it is checked: only under one that was found right is anything kept.
    host, path = request._get_raw_host(), request.path_info
    if not PATH.fullmatch(path) or not HOST.fullmatch(host) or meta.get("SCRIPT_NAME"):
        return None
    query = meta.get("QUERY_STRING", "")
    if not query:
        return Address(folder_of(host, path), PLAIN)
    variant = variant_of(query)
    return Address(folder_of(host, path), variant or PLAIN, variant == query) if variant is not None else None


def folder_of(host: str, path: str) -> str:
    """Return the folder of a host and path that `HOST` and `PATH` know."""
    return f"{host}{path.rstrip('/')}"


def folder_of_url(url: str) -> str | None:
    """Return the folder in which the page at `url` is kept, or None where none can be."""
    parts = urlsplit(url)
    if not HOST.fullmatch(parts.netloc) or not PATH.fullmatch(parts.path):
        return None
    return folder_of(parts.netloc, parts.path)


def variant_of(query: str) -> str | None:
    """Return the name of the wishes in a query, always in the same order; None if others are among them."""
    wishes: dict[str, str] = {}
    for part in query.split("&"):
        name, _sign, value = part.partition("=")
        if TRACKERS.fullmatch(name):
            continue
        if name not in PARAMETERS or name in wishes or not VALUE.fullmatch(value):
            return None
        wishes[name] = value
    return "&".join(f"{name}={wishes[name]}" for name in PARAMETERS if name in wishes)
