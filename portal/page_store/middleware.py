"""Answers readers without a session from the page store, and keeps what the store may hold."""

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from portal.page_store.addresses import Address, address_of
from portal.page_store.clocks import next_change
from portal.page_store.entries import Entry, answer_fresh, answer_kept, make_entry
from portal.page_store.fault_frames import address_of_frame, make_fault_frame
from portal.page_store.marks import Beginning
from portal.page_store.offers import EVERYTHING, Offer, offer_in
from portal.page_store.store import open_store

LONGEST_WAIT = 2.0  # seconds to wait for somebody else to make the page that one was asked for
LONGEST_WAIT_FOR_CHANGES = 0.25  # seconds to wait for a change of it to be through, so that it can be kept
POLL = 0.004  # seconds between two looks
MOST_REMEMBERED = 5_000  # addresses of which a process remembers something
OWN_REQUESTS = {"same-origin", "none"}  # as in `portal.middleware`
GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


class PageStoreMiddleware:
    """The outermost: what it keeps holds every header that the others add, and a hit asks none of them.

    Whoever has a session, signs in by a header or asks for anything but a known address passes by. So does a
    request that another site makes in the name of a guest, which is refused further in; otherwise a guest
    reads the same page as everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.PAGE_STORE:
            open_store().discard()
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = open_store()
        self.store.offer_to_proxy()
        self.scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
        self.personal = (f"{settings.SESSION_COOKIE_NAME}=", "messages=")
        self.guest = f"{settings.GUEST_COOKIE_NAME}="
        self.scopes: dict[str, frozenset[str]] = {}  # of addresses that were kept
        self.unoffered: set[str] = set()  # addresses that nobody need wait for

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = self._find_address(request)
        if address is None:
            response = self.get_response(request)
            self._keep_fault_frame(request, response)
            return response
        answer = self._find(request, address)
        if answer is not None:
            return answer
        if request.method != "GET" or not address.is_exact:
            return self._finish(request, self.get_response(request), address, None)
        if address.folder in self.unoffered:
            beginning = self.store.begin()
            return self._finish(request, self.get_response(request), address, beginning)
        return self._build(request, address)

    def _find_address(self, request: HttpRequest) -> Address | None:
        meta = request.META
        if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta:
            return None
        cookies = meta.get("HTTP_COOKIE", "")
        # In the header as it came, unparsed: whatever matches by mistake merely passes the store by.
        if cookies and any(name in cookies for name in self.personal):
            return None
        address = address_of(request)
        # `is_dummy` is Wagtail's mark of a request that it makes up itself, for a preview.
        if address is None or request.scheme != self.scheme or getattr(request, "is_dummy", False):
            return None
        if cookies and self.guest in cookies:
            if meta.get("HTTP_SEC_FETCH_SITE", "none") not in OWN_REQUESTS:
                return None
            return replace(address, is_exact=False)  # a guest reads what is kept, and has nothing kept
        return address

    def _find(self, request: HttpRequest, address: Address) -> HttpResponse | None:
        kept = self.store.find(address)
        return answer_kept(request, kept) if kept else None

    def _build(self, request: HttpRequest, address: Address) -> HttpResponse:
        """Make the page, one request at a time for each address; whoever loses patience makes their own."""
        give_up_at = time.monotonic() + LONGEST_WAIT
        try:
            while (lock := self.store.claim(address)) is None and time.monotonic() < give_up_at:
                time.sleep(POLL)
                if answer := self._find(request, address):
                    return answer
        except OSError:  # no room for a lock
            lock = None
        if lock is None:
            return self._finish(request, self.get_response(request), address, None)
        try:
            if answer := self._find(request, address):
                return answer
            with suppress(OSError):
                self._wait_for_changes(address)
            beginning = self.store.begin()
            return self._finish(request, self.get_response(request), address, beginning)
        finally:
            os.close(lock)

    def _wait_for_changes(self, address: Address) -> None:
        """Wait a moment for changes that are under way: what is made meanwhile could not be kept.

        Of a page that this process has not kept before, nothing is known: any change may be one of it.
        """
        scopes = self.scopes.get(address.folder)
        give_up_at = time.monotonic() + LONGEST_WAIT_FOR_CHANGES
        while time.monotonic() < give_up_at:
            under_way = self.store.marks.scopes_up()
            if not (under_way if scopes is None else under_way & scopes):
                return
            time.sleep(POLL)

    def _finish(
        self, request: HttpRequest, response: HttpResponse, address: Address, beginning: Beginning | None
    ) -> HttpResponse:
        offer = offer_in(request, response)
        entry = make_entry(response) if offer else None
        if offer is None or entry is None:
            self._remember_unoffered(address)
            return response
        if beginning is not None and self._keep(address, entry, offer, beginning):
            self._remember_offered(address, offer)
            self._keep_fault_frame(request, response)
            return self._find(request, address) or answer_fresh(request, response, entry)
        return answer_fresh(request, response, entry)

    def _keep(self, address: Address, entry: Entry, offer: Offer, beginning: Beginning) -> bool:
        """Keep the answer until the next moment at which pages change by themselves; return whether it is."""
        try:
            until = next_change(self.store, beginning)
        except OSError:  # the list of purges is gone
            return False
        entry = replace(entry, until=until.timestamp() if until else None)
        return self.store.keep(address, entry, offer.scopes, beginning)

    def _keep_fault_frame(self, request: HttpRequest, response: HttpResponse) -> None:
        """Keep the frame of fault pages in the language of a page that was just made, if it is missing."""
        address = address_of_frame(request, language := request.path_info[1:].partition("/")[0])
        # Of a host that was found right, and while the database answers.
        if address is None or response.status_code != 200 or self.store.find(address):
            return
        try:
            beginning = self.store.begin()
            if beginning is None or EVERYTHING in self.store.marks.scopes_up():
                return
            entry = make_fault_frame(request, language)
            if entry is not None:
                self._keep(address, entry, Offer(frozenset()), beginning)
        except Exception:  # the page is there: what is missing beside it must not undo it
            logger.exception("Page store: the frame of fault pages could not be made")

    def _remember_unoffered(self, address: Address) -> None:
        if len(self.unoffered) > MOST_REMEMBERED:
            self.unoffered.clear()
        self.unoffered.add(address.folder)

    def _remember_offered(self, address: Address, offer: Offer) -> None:
        if len(self.scopes) > MOST_REMEMBERED:
            self.scopes.clear()
        self.scopes[address.folder] = offer.scopes | {EVERYTHING}
        self.unoffered.discard(address.folder)
