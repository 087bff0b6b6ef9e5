"""Redirects that Wagtail makes by itself when a page gets another address."""

import logging
from collections.abc import Iterable

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

Addresses = set[tuple[Site, str, str]]
LONGEST = Redirect._meta.get_field("old_path").max_length
logger = logging.getLogger(__name__)

_addresses_of, _create = signal_handlers._page_urls_for_sites, signal_handlers.create_redirects


def addresses_that_fit(page: Page, sites: tuple[Site, ...], cache_target: Page) -> Addresses:
    """Return the addresses of the page that a redirect has room for.

    Wagtail 8.0 hands any of them to the database, which on PostgreSQL refuses the whole act when the new
    address is live already.
    """
    found = _addresses_of(page, sites, cache_target)
    fitting = {address for address in found if len(address[1]) <= LONGEST}
    if len(fitting) < len(found):
        logger.warning("An address of page %s is too long to be redirected from", page.pk)
    return fitting


def create_for_published(page: Page, page_old: Page, sites: Iterable[Site]) -> None:
    """Lead from the old address of a page to the new one; nobody ever had the address of a draft."""
    if page.first_published_at is not None:
        _create(page, page_old, sites)


def mind_what_is_redirected() -> None:
    """Make no redirect that tells of a draft, or that the database has no room for."""
    signal_handlers._page_urls_for_sites = addresses_that_fit
    signal_handlers.create_redirects = create_for_published
