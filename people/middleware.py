"""What stands between a session and the views."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from people.factors import lacks_required_factor
from people.models import User
from people.provider.actions import ask_again
from people.sessions import hold_to_limits, stamp
from portal.middleware import OPEN_ADMIN_VIEWS
from portal.views.faults import SCHEME, answer_signed_out

# Asked by an open editor by itself, every few seconds: it does not show that anybody is there.
UNATTENDED_VIEWS = {"wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release"}


class SessionLimitsMiddleware:
    """Ends sessions at their limits, and those that their owner or an administrator has ended.

    `request.user_session` is the session of whoever is signed in, and None for everybody else. Readers
    without the cookie of a session are not asked for one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hold_to_limits(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict[str, Any]
    ) -> None:
        # Not in `__call__`: before the address is resolved nobody knows whether the view is unattended.
        if request.user_session and request.resolver_match.view_name not in UNATTENDED_VIEWS:
            stamp(request.user_session)


class ProviderMiddleware:
    """Ends sessions that the organisation's provider no longer confirms; it is asked again and again.

    Before the first page after `PROVIDER_RECHECK_SECONDS`, by one request; others go on by an answer that is
    not older than a minute. While the provider is unavailable, the session goes on to its ordinary limit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.user_session
        if hasattr(session, "provider_session") and session.provider_session.is_due:
            if ask_again(session.provider_session):
                # What somebody may has perhaps changed, and may have been asked already.
                request.user = request._cached_user = session.user = User.objects.get(pk=session.user_id)
            else:
                logout(request)
                request.user_session = None
        return self.get_response(request)


class SecondFactorMiddleware:
    """Keeps the admin from those who need a second factor and have none: they are led to where one is set up.

    Outside the admin they may do what everybody may, so that they get there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user_session or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if request.resolver_match.url_name in OPEN_ADMIN_VIEWS or not lacks_required_factor(
            request.user, request.user_session
        ):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # `ViewRestrictionMiddleware` refuses them
        return redirect("mfa_index")


class SignedOutMiddleware:
    """Says "you are signed out", with the words that were sent, where a sign-in would come in their place.

    A form gets a page (401) that gives its words back. A script gets the same status: of a redirect it would
    follow to a page that it cannot read. Whoever only follows a link is led to the sign-in, as ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_sent_to_sign_in(request, response):
            return response
        if _is_by_script(request) and (request.method == "POST" or _is_in_admin(request)):
            headers = {"Cache-Control": "no-store", "WWW-Authenticate": SCHEME}
            return JsonResponse({"error": "signed_out"}, status=HTTPStatus.UNAUTHORIZED, headers=headers)
        return answer_signed_out(request) if request.method == "POST" else response


def _is_in_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def _is_by_script(request: HttpRequest) -> bool:
    """Whether a script asked. Browsers say so themselves, where the line is safe."""
    headers = request.headers
    return headers.get("Sec-Fetch-Dest") == "empty" or headers.get("X-Requested-With") == "XMLHttpRequest"


def _is_sent_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer to somebody unknown is the way to the sign-in and back to this very address.

    To what Wagtail's older scripts ask, its answer is a refusal instead.
    """
    if response.status_code == HTTPStatus.FOUND:
        asked = QueryDict(urlsplit(response["Location"]).query).get(REDIRECT_FIELD_NAME)
        return asked == request.get_full_path() and request.user.is_anonymous
    is_refused = response.status_code == HTTPStatus.FORBIDDEN and _is_in_admin(request)
    return is_refused and _is_by_script(request) and request.user.is_anonymous
