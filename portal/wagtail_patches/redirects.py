"""Wagtail makes no redirect that tells of a draft, or that the database has no room for.

When a page gets another address, Wagtail asks one function for the addresses that it had and has, of which it
makes redirects. It has no setting but one that switches all of them off.
"""

import logging

from wagtail.contrib.redirects import signal_handlers
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`_page_urls_for_sites` in wagtail/contrib/redirects/signal_handlers.py, by which name "
    "`create_redirects` asks for addresses, and whether it minds drafts and the length of "
    "`Redirect.old_path` by now",
)
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
        logger.warning("Redirects: an address of page %s has more than %s characters", page.pk, LONGEST)
    return fitting


def apply() -> None:
    """Make no redirect that tells of a draft, or that the database has no room for."""
    signal_handlers._page_urls_for_sites = addresses_to_redirect
