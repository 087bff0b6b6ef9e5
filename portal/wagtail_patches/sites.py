"""Wagtail asks `portal.sites` where the sites begin and under which addresses they are known.

It would ask the database at each request and for each address, or a cache in which the answer grows old, and
take scheme and port from a site's row. There is no hook for either.
"""

from wagtail.models import Site

from portal.sites import find_site, root_address, site_root_paths
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`Site.root_url`, `Site._find_for_request` and `Site.get_site_root_paths` in wagtail/models/sites.py:"
    " who asks them, what they return, and what `portal.sites` takes from there",
)


def apply() -> None:
    """Let Wagtail ask there."""
    Site.root_url = property(root_address)
    Site._find_for_request = staticmethod(find_site)
    Site.get_site_root_paths = staticmethod(site_root_paths)
