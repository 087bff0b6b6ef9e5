"""What stands between the web server and the views."""

import posixpath
import re
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import ResolverMatch, reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portal.editions import edition_kept, remember
from portal.permissions import (
    Restriction,
    can_read_page,
    edits_pages,
    is_closed_in_admin,
    load_restrictions,
    reaches_every_page,
    restrictions_against,
    viewer_known,
)
from portal.views.faults import answer_fault, render_fault

REQUEST_ID_BYTES = 8
# What an identity provider's page sends here is signed, and nobody's cookies are looked at for it.
OPEN_TO_OTHER_SITES = {"take_assertion"}
OWN_REQUESTS = {"same-origin", "none"}  # of our pages, or of the person at the browser
GetResponse = Callable[[HttpRequest], HttpResponse]
# Of the admin, these open to anybody signed in: the way out, what every page loads, and who one is.
OPEN_ADMIN_VIEWS = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite", "tell_session"}
PAGE_ARGUMENTS = ("page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id")
LONGEST_ID = 18  # digits that fit a database's integer
HOME_DEPTH = 2  # of home pages in Wagtail's tree; their slugs are in no address
# Counts the pages of each type and names the latest, whoever asks: look again with the next Wagtail.
VIEWS_OF_ALL_PAGES = {"page_types_usage", "page_types_usage_results"}
VIEWS_OF_MANY_PAGES = {"wagtailadmin_choose_page_chosen_multiple", "wagtail_bulk_action"}
# These show pages, drafts among them, to whoever may enter the admin: they are for those who work on pages.
VIEWS_OF_EDITORS = {
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
}


class RootLocaleMiddleware(LocaleMiddleware):
    """Chooses the reader's language, and redirects to it from `/` alone.

    Django's own would answer every "not found" outside the languages with a redirect to the same address
    below one, since Wagtail takes any address there; so a missing thing in the admin would be a redirect.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info == "/":
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", get_language())
        return response


class IsolationMiddleware:
    """Keeps the portal apart from other sites that are open in the same browser.

    What another site makes a browser ask for in the background, or send, with the cookies of whoever is
    signed in, or of a trusted device, is refused before anything is looked up: every address answers alike.
    Following a link is welcome, and so is whoever brings no cookie of ours, whose answers are a stranger's.
    Browsers that do not say where a request comes from are kept apart by `SameSite` and the forms' tokens.
    https://www.w3.org/TR/fetch-metadata/
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = render_fault(request, 403) if self._is_foreign(request) else self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    @staticmethod
    def _is_foreign(request: HttpRequest) -> bool:
        """Whether another site asks in the name of somebody whom our cookies tell."""
        headers = request.headers
        if headers.get("Sec-Fetch-Site", "same-origin") in OWN_REQUESTS:
            return False
        if request.path_info in {reverse(name) for name in OPEN_TO_OTHER_SITES}:
            return False
        follows_a_link = (
            request.method in ("GET", "HEAD")
            and headers.get("Sec-Fetch-Mode") == "navigate"
            and headers.get("Sec-Fetch-Dest", "document") == "document"
        )
        ours = {settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME}
        return not follows_a_link and not ours.isdisjoint(request.COOKIES)


class GoingBackMiddleware:
    """Lets a browser show the answer to a form again to whoever goes back to it.

    Of an answer that may not be stored, or that varies with the very cookie that it sets, browsers show an
    error instead: they would have to send the form once more. A view marks as `may_be_shown_again` what holds
    nothing but what this browser has just sent. It stays with that browser.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(response, "may_be_shown_again", False):
            response["Cache-Control"] = "private, no-cache"
            response.headers.pop("Vary", None)
        return response


class FaultMiddleware:
    """Turns what goes wrong into a page that says so, and gives every request a number to ask about.

    A database that is locked or gone is a 503 that says when to come back, with the words that were typed.
    What fails below this, in other middleware, is answered alike by the handlers in `portal.urls`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(REQUEST_ID_BYTES)
        response = render_fault(request, 413) if self._is_too_long(request) else self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            allowed = response["Allow"]
            response = render_fault(request, HTTPStatus.METHOD_NOT_ALLOWED)
            response["Allow"] = allowed
        response["X-Request-ID"] = request.request_id
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_fault(request, exception)

    @staticmethod
    def _is_too_long(request: HttpRequest) -> bool:
        """Whether a form without files is longer than we would read, known before a byte of it is."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        is_plain_form = request.content_type == "application/x-www-form-urlencoded"
        return is_plain_form and length.isdecimal() and limit is not None and int(length) > limit


class EditionMiddleware:
    """Asks for the edition once in each request, however much of what it shows is remembered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with edition_kept():
            return self.get_response(request)


class ViewRestrictionMiddleware:
    """Answers alike for every address below a page under a view restriction, whether a page is there or not.

    A stranger is sent to sign in, with the way back; somebody signed in whom the restriction keeps out is
    told "not found". So nobody learns from the answer which internal pages exist. In the admin, restricted
    pages are not found either, whatever view is asked.

    A public address does not touch the session. What is answered to somebody with a
    session is kept by nobody on the way.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with viewer_known(request):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if not self._is_restricted(request):
            response = self.get_response(request)
        elif request.user.is_authenticated:
            response = response_for_exception(request, Http404())
        else:
            response = redirect_to_login(request.get_full_path())
            patch_cache_control(response, private=True, no_store=True)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict[str, Any]
    ) -> None:
        """Keep the admin to those who may enter it, and its pages to those who may read them."""
        match = request.resolver_match
        if not request.path.startswith(reverse("wagtailadmin_home")) or match.url_name in OPEN_ADMIN_VIEWS:
            return
        if not request.user.is_authenticated:
            return  # Wagtail sends them to sign in
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if match.url_name in VIEWS_OF_ALL_PAGES and not reaches_every_page(request.user):
            raise Http404
        if _is_for_editors(match) and not edits_pages(request.user):
            raise Http404
        for page in Page.objects.filter(pk__in=_pages_asked_for(request)):
            if is_closed_in_admin(request.user, page):
                raise Http404

    @staticmethod
    def _is_restricted(request: HttpRequest) -> bool:
        path = _normal_path(request.path)
        if not path.startswith(_language_prefixes()):
            return False
        # By their slugs first: mostly none is on the way, and no address of a page is looked up.
        restrictions = [one for one in load_restrictions() if _may_stand_on(path, one)]
        if not restrictions:
            return False
        site = Site.find_for_request(request)
        addresses = remember(("addresses of restrictions", site and site.pk), lambda: _addresses(request))
        above = [one for one in restrictions if path.startswith(addresses[one.path])]
        return bool(restrictions_against(request.user, above))


class DiscreetRedirectMiddleware(RedirectMiddleware):
    """Leads from an old address to a page for those who may read the page; for others nothing is there."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        if answer is response:
            return response
        page = _page_moved_from(request)
        return answer if page is None or can_read_page(request.user, page) else response


def _page_moved_from(request: HttpRequest) -> Page | None:
    """Return the page that a redirect from this address leads to, found as Wagtail finds it."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    redirect = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
    return redirect.redirect_page if redirect else None


def _normal_path(path: str) -> str:
    """Return `path` in one spelling: lower case, single slashes, nothing to climb up, a slash at the end."""
    # Slashes first: `normpath` leaves two at the very start as they are.
    return posixpath.normpath(re.sub(r"/+", "/", path.casefold())).rstrip("/") + "/"


def _language_prefixes() -> tuple[str, ...]:
    return tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


def _addresses(request: HttpRequest) -> dict[str, str]:
    """Return the address of each restricted page, in one spelling, by its path in the tree."""
    pages = Page.objects.filter(path__in={restriction.path for restriction in load_restrictions()})
    return {page.path: _normal_path(unquote(urlsplit(page.get_url(request) or "").path)) for page in pages}


def _may_stand_on(path: str, restriction: Restriction) -> bool:
    """Whether the page of `restriction` is worth a look: its slug is on the way, or it is a home page."""
    slug = restriction.url_path.rstrip("/").rpartition("/")[2].casefold()
    return f"/{slug}/" in path or len(restriction.path) <= HOME_DEPTH * Page.steplen


def _is_for_editors(match: ResolverMatch) -> bool:
    return match.url_name in VIEWS_OF_EDITORS or _is_about_many_pages(match)


def _is_about_many_pages(match: ResolverMatch) -> bool:
    return match.url_name in VIEWS_OF_MANY_PAGES and match.kwargs.get("model_name", "page") == "page"


def _pages_asked_for(request: HttpRequest) -> set[int]:
    """Return the ids of the pages that an address of the admin names."""
    match = request.resolver_match
    found = [match.kwargs.get(name) for name in PAGE_ARGUMENTS]
    if "wagtailadmin_pages" in match.namespaces:
        found.append(match.kwargs.get("pk"))
    if "wagtailredirects" in match.namespaces and "redirect_id" in match.kwargs:
        found += Redirect.objects.filter(pk=match.kwargs["redirect_id"]).values_list(
            "redirect_page_id", flat=True
        )
    numbers = {str(pk) for pk in found if str(pk).isdecimal()}
    if any(len(number) > LONGEST_ID for number in numbers):
        raise Http404
    return {int(number) for number in numbers}
