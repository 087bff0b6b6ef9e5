"""Redirects that Wagtail makes by itself when a page gets another address."""

import logging

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

Addresses = set[tuple[Site, str, str]]
LONGEST = Redirect._meta.get_field("old_path").max_length
logger = logging.getLogger(__name__)

_addresses_of = signal_handlers._page_urls_for_sites


def addresses_to_redirect(page: Page, sites: tuple[Site, ...], cache_target: Page) -> Addresses:
    """Return the addresses that readers may have had of the page and that a redirect has room for.

    Nobody had the address of what was never published: it may name what no reader was to know. Wagtail 8.0
    asks here for the page as it was and as it is, and hands the database any address, however long: on
    PostgreSQL that refuses the whole act when the new address is live already.
    """
    if not (page.live or page.first_published_at):
        return set()
    found = _addresses_of(page, sites, cache_target)
    fitting = {address for address in found if len(address[1]) <= LONGEST}
    if len(fitting) < len(found):
        logger.warning("An address of page %s is too long to be redirected from", page.pk)
    return fitting


def mind_what_is_redirected() -> None:
    """Make no redirect that tells of a draft, or that the database has no room for."""
    signal_handlers._page_urls_for_sites = addresses_to_redirect
