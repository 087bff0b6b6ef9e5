"""Where the sites begin, remembered, and under which addresses they are known.

Wagtail would ask for their beginnings at each request and for each address. Its own copy stands in the cache
for an hour, which without Redis is a table, and may grow old there. Of scheme and port it has an idea of its
own; here they come from `PARLEY_BASE_URL`, whatever a site's row or a request says. Wagtail asks here
(`portal.wagtail_patches.sites`).
"""

from copy import copy
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath, get_site_for_hostname

from portal.editions import remember


def whole_address(address: str) -> str:
    """Return an address of the portal with its scheme, host and port; a whole one is returned as it is.

    The one place where they come from: for readers, machines, mail and the pages that are shared.
    """
    return urljoin(settings.WAGTAILADMIN_BASE_URL, address)


def root_address(site: Site) -> str:
    """Return the address at which `site` begins, without a slash at its end.

    The default site stands at the base address; another has its own host, under the same scheme and port.
    """
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if site.is_default_site:
        return base.geturl()
    return f"{base.scheme}://{site.hostname}{f':{base.port}' if base.port else ''}"


def find_site(request: HttpRequest) -> Site | None:
    """Return the site that answers `request`, as Wagtail chooses it."""
    host, port = split_domain_port(request._get_raw_host())[0], request.get_port()
    site = remember(("site", host, port), lambda: _choose_site(host, port))
    # A copy: the one that is remembered answers other requests too, perhaps at the same time.
    return copy(site)


def site_root_paths() -> list[SiteRootPath]:
    """Return where each site begins in each language, the innermost first, as Wagtail lists it."""
    return list(remember(("site roots",), _read_root_paths))


def _choose_site(host: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        return None


def _read_root_paths() -> list[SiteRootPath]:
    sites = Site.objects.select_related("root_page").order_by(
        "-root_page__url_path", "-is_default_site", "hostname"
    )
    return [
        SiteRootPath(site.pk, page.url_path, site.root_url, page.locale.language_code)
        for site in sites
        for page in site.root_page.get_translations(inclusive=True).select_related("locale")
    ]
