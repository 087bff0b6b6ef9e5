"""The head and foot of the site around a page that says what is not here, or not open; no database is asked.

They are those that a stranger sees, but for the way in, and are kept among the pages: made with the first
page of their language after a purge, and gone with the next thing that changes a name, a colour or a menu.
Where there are none, the fault page stands alone.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.editions import edition_kept
from portal.frames import make_frame
from portal.page_store.addresses import HOST, PLAIN, Address, folder_of
from portal.page_store.entries import Entry, make_entry, read_file
from portal.page_store.folders import ASIDE
from portal.page_store.store import open_store

PLACE = f"{ASIDE}fault"
TITLE, CONTENT = (format_html("<!--{}-->", name) for name in ("title of the fault", "words of the fault"))
OF_SITE = ("HTTP_HOST", "SERVER_NAME", "SERVER_PORT")


def find_fault_frame(request: HttpRequest, language: str) -> list[SafeString] | None:
    """Return what stands before the title, between it and the words, and after them; None if nothing is."""
    address = address_of_frame(request, language)
    kept = open_store().find(address) if address else None
    if kept is None:
        return None
    try:
        text = read_file(kept.path).decode()
    except OSError:  # purged at this very moment
        return None
    before, _title, rest = text.partition(TITLE)
    between, _content, after = rest.partition(CONTENT)
    return [mark_safe(part) for part in (before, between, after)]  # noqa: S308 - rendered by us


def address_of_frame(request: HttpRequest, language: str) -> Address | None:
    """Return where the frame for the host that is asked is kept; None where nothing is kept."""
    host = request._get_raw_host()
    if not settings.PAGE_STORE or not HOST.fullmatch(host) or language not in dict(settings.LANGUAGES):
        return None
    return Address(folder_of(host, f"/{language}/{PLACE}/"), PLAIN)


def make_fault_frame(request: HttpRequest, language: str) -> Entry | None:
    """Return the frame as it is kept; of `request`, which may be anybody's, it takes the site alone."""
    stranger = HttpRequest()
    stranger.method, stranger.path, stranger.path_info = "GET", "/", "/"
    stranger.META = {name: request.META[name] for name in OF_SITE if name in request.META}
    stranger.user = AnonymousUser()
    with translation.override(language), edition_kept():
        values = {"title_place": TITLE, "content_place": CONTENT}
        frame = make_frame(stranger, "errors/frame.html", values)
    # What is a reader's own is left out: it comes into no fault page.
    return make_entry(HttpResponse("".join(frame.parts)))
