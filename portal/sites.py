"""Where the sites begin, remembered: Wagtail would ask for it at each request and for each address.

Its own copy stands in the cache for an hour, which without Redis is a table, and may grow old there. There is
no hook for it, so what is behind it is replaced. Look again with the next Wagtail.
"""

from copy import copy

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath, get_site_for_hostname

from portal.editions import remember


def find_site(request: HttpRequest) -> Site | None:
    """Return the site that answers `request`, as Wagtail chooses it."""
    host, port = split_domain_port(request._get_raw_host())[0], request.get_port()
    site = remember(("site", host, port), lambda: _choose_site(host, port))
    return copy(site)


def site_root_paths() -> list[SiteRootPath]:
    """Return where each site begins in each language, the innermost first, as Wagtail lists it."""
    return list(remember(("site roots",), _read_root_paths))


def remember_sites() -> None:
    """Let Wagtail ask here."""
    Site._find_for_request = staticmethod(find_site)
    Site.get_site_root_paths = staticmethod(site_root_paths)


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
