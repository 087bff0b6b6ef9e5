"""The head and foot of every page."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page

from home.models import NavigationItem
from home.models.navigation import Place
from portal.editions import remember
from portal.models import PortalSettings
from portal.permissions import Restriction, restrictions_against, visible_pages

register = template.Library()


@register.inclusion_tag("components/site_header.html", takes_context=True)
def site_header(context: dict[str, Any]) -> dict[str, Any]:
    """Show the organisation's name, the links that this reader may follow, search, languages and account."""
    request = context["request"]
    return {
        "request": request,
        "page": context.get("page"),
        "portal": PortalSettings.for_request(request),
        "home_url": reverse("wagtail_serve", args=[""]),
        "navigation": _links(request, Place.HEADER),
        "languages": _languages(request, _page_of(context)),
        "search_url": reverse("search"),
    }


@register.inclusion_tag("components/account_links.html", takes_context=True)
def account_links(context: dict[str, Any]) -> dict[str, Any]:
    """Show the way in or, to somebody signed in, to their account and out."""
    request = context["request"]
    sign_in_url = reverse("account_login")
    if _page_of(context) is not None:
        sign_in_url += "?" + urlencode({"next": request.path})
    return {
        "viewer": request.user,
        "sign_in_url": sign_in_url,
        "account_url": reverse("account_preferences"),
        "own_url": reverse("personal_page"),
        "sign_out_url": reverse("account_logout"),
        "admin_url": reverse("wagtailadmin_home")
        if request.user.has_perm("wagtailadmin.access_admin")
        else "",
    }


@register.inclusion_tag("components/site_footer.html", takes_context=True)
def site_footer(context: dict[str, Any]) -> dict[str, Any]:
    """Show the organisation's own words, and the links that this reader may follow."""
    request = context["request"]
    portal = PortalSettings.for_request(request)
    return {
        "request": request,
        "portal": portal,
        "links": _links(request, Place.FOOTER),
        "social_links": portal.social_places,
    }


@register.simple_tag(takes_context=True)
def ways_on(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the links of the menu that lead elsewhere, for where a list has nothing to show."""
    return [link for link in _links(context["request"], Place.HEADER) if not link["is_current"]]


def _page_of(context: dict[str, Any]) -> Page | None:
    """Return the page that is being read; None on the other views, even those about a page."""
    match = context["request"].resolver_match
    page = context.get("page")
    is_served = match is None or match.url_name == "wagtail_serve" or "wagtailadmin" in match.namespaces
    return page if is_served and isinstance(page, Page) and page.path else None


def _closed(request: HttpRequest) -> list[Restriction]:
    """Return the view restrictions against this reader, looked up once for each request."""
    if not hasattr(request, "_restrictions"):
        request._restrictions = restrictions_against(request.user)
    return request._restrictions


def _links(request: HttpRequest, place: Place) -> list[dict[str, Any]]:
    """Return the links of the menu in the reader's language that lead where this reader may go."""
    restrictions = _closed(request)
    links = []
    # The same for all readers of a language; what this one may not follow is left out here.
    for item in remember(("navigation",), _read_navigation):
        if item.place != place or (item.page and not _is_open(item.page, restrictions)):
            continue
        url = item.page.get_url(request) if item.page else item.address
        if url:
            is_current = request.path == url or (item.page is not None and request.path.startswith(url))
            links.append({"label": str(item), "url": url, "is_current": is_current})
    return links


def _read_navigation() -> list[NavigationItem]:
    """Return the links of the menu in the reader's language, whoever may follow them."""
    items = NavigationItem.objects.filter(menu__locale__language_code=get_language()).select_related("page")
    return list(items.order_by("sort_order", "pk"))


def _is_open(page: Page, restrictions: list[Restriction]) -> bool:
    return page.live and not any(restriction.covers(page.path) for restriction in restrictions)


def _languages(request: HttpRequest, page: Page | None) -> list[dict[str, Any]]:
    """Return the languages of the portal, each with the address of this page in it.

    Where a page has no twin that this reader may read, the link leads to the nearest section that has one.
    """
    current = get_language()
    twins = _nearest_twins(request, page) if page else {}
    languages = []
    for code, _name in settings.LANGUAGES:
        url, is_missing = request.get_full_path(), False
        if code != current:
            twin = twins.get(code)
            is_missing = page is not None and (twin is None or twin.translation_key != page.translation_key)
            url = (twin.get_url(request) if twin else None) or _address_in(request, page, code)
        name = get_language_info(code)["name_local"].capitalize()
        languages.append(
            {"code": code, "name": name, "url": url, "is_current": code == current, "is_missing": is_missing}
        )
    return languages


def _nearest_twins(request: HttpRequest, page: Page) -> dict[str, Page]:
    """Return, for each other language, the translation of the page or else of its nearest ancestor."""
    # Depth 1 is the root of the tree, which is shown to nobody.
    keys = page.get_ancestors(inclusive=True).filter(depth__gt=1).values("translation_key")
    twins = Page.objects.filter(translation_key__in=keys).exclude(locale_id=page.locale_id)
    nearest: dict[str, Page] = {}
    for twin in (
        visible_pages(twins, request.user, _closed(request)).select_related("locale").order_by("-depth")
    ):
        # The deepest comes first, and is the nearest.
        nearest.setdefault(twin.locale.language_code, twin)
    return nearest


def _address_in(request: HttpRequest, page: Page | None, code: str) -> str:
    """Return where a view that is not a page stands in another language, or else the home page there."""
    match = request.resolver_match
    if page is None and request.method in {"GET", "HEAD"} and match and match.url_name != "wagtail_serve":
        translated = translate_url(request.get_full_path(), code)
        if translated != request.get_full_path():
            return translated
    with override(code):
        return reverse("wagtail_serve", args=[""])
