"""The way to the organisation's provider, and back."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.provider.actions import ProviderSignIn, account_of, authenticate_by_tokens, follow_groups
from people.provider.attempts import (
    PENDING_SIGN_IN,
    SignInAttempt,
    SignInAttemptError,
    assertion_uri,
    redirect_uri,
)
from people.provider.issuer import (
    BY_PROVIDER,
    ProviderRefusalError,
    ProviderUnavailableError,
    find_endpoints,
    is_on,
    provoked_by_visitor,
    redeem_code,
    speaks_openid,
    speaks_saml,
)
from people.provider.saml import address_of

CANCELLED = "access_denied"  # what a provider says when somebody thinks better of it
View = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)


def where(is_so: Callable[[], bool]) -> Callable[[View], View]:
    """Answer "not found" to everything on a site where it is not so."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            if not is_so():
                raise Http404
            return view(request)

        return answer

    return decorate


@where(is_on)
@never_cache
@require_POST
def begin_provider_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a browser to the provider; where that is unavailable, the sign-in page says so."""
    way_back = request.POST.get("next", "")
    try:
        endpoints = find_endpoints() if speaks_openid() else None
    except ProviderUnavailableError as error:
        logger.warning("OIDC provider unavailable, nobody can sign in with it: %s", error)
        query = f"?{urlencode({'next': way_back})}" if way_back else ""
        return redirect(reverse("account_login") + query)
    is_safe = get_adapter(request).is_safe_url(way_back)
    attempt = SignInAttempt.begin(request, next=way_back if is_safe else "", language=get_language())
    if endpoints is None:  # no OpenID Connect, and so SAML
        return redirect(address_of(attempt.request_id, back=assertion_uri()))
    return redirect(attempt.address(endpoints))


@where(speaks_openid)
@never_cache
@require_http_methods(["GET"])
def end_provider_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whom the provider has authenticated. The address is good for one browser and one time."""
    try:
        attempt = SignInAttempt.take(request, request.GET.get("state", ""))
    except SignInAttemptError as error:
        return say_that_it_failed(request, str(error))
    with override(attempt.language), provoked_by_visitor():
        try:
            return _sign_in(request, attempt)
        except ProviderUnavailableError as error:
            return say_that_it_failed(request, str(error), status=503, is_unavailable=True)
        except (SignInAttemptError, ProviderRefusalError) as error:
            return say_that_it_failed(request, str(error))


def _sign_in(request: HttpRequest, attempt: SignInAttempt) -> HttpResponse:
    said = request.GET
    endpoints = find_endpoints()
    if (
        # A provider that names itself does so each time: its absence is as wrong as another name (RFC 9207).
        said.get("iss", None if endpoints.names_itself else settings.PROVIDER_ISSUER)
        != settings.PROVIDER_ISSUER
    ):
        raise SignInAttemptError("iss is not PARLEY_PROVIDER_ISSUER")
    if said.get("error") == CANCELLED:
        return say_that_it_failed(
            request, "cancelled at the provider (access_denied)", status=200, is_cancelled=True
        )
    if "error" in said or not said.get("code"):
        raise SignInAttemptError("callback has an error, or no code")
    tokens = redeem_code(said["code"], attempt.verifier, redirect_uri())
    sign_in = authenticate_by_tokens(tokens, nonce=attempt.nonce, since=attempt.started_at)
    return let_in(request, sign_in, attempt.next)


def let_in(request: HttpRequest, sign_in: ProviderSignIn, way_back: str) -> HttpResponse:
    """Sign in whom the provider has authenticated, in the place of whoever was signed in here."""
    user = account_of(sign_in.claims)
    follow_groups(user, sign_in.claims)
    # Not before: a refusal above leaves whoever is signed in here as they were.
    if request.user.is_authenticated:
        logout(request)
    # After `logout`, which empties the session.
    request.session[PENDING_SIGN_IN] = sign_in.seal(user)
    return perform_login(
        request,
        user,
        email_verification="none",
        redirect_url=way_back or None,
        signal_kwargs={BY_PROVIDER: True},
    )


def say_that_it_failed(request: HttpRequest, reason: str, *, status: int = 400, **said: bool) -> HttpResponse:
    """Say that nobody was let in; why, the log alone is told."""
    logger.warning("%s sign-in failed: %s", "SAML" if speaks_saml() else "OIDC", reason)
    context = {**said, "label": settings.PROVIDER_LABEL}
    return render(request, "account/provider_failed.html", context, status=status)
