"""The way back from a provider that speaks SAML: a form from its page, then our own address.

The form comes from another site, so that the browser does not bring its session along. What it holds is
believed or refused by its signature, kept for a moment, and the browser is led on to where its session says
whether it has asked for it.
"""

import hashlib
import secrets

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from people.provider.actions import authenticate_by_assertion
from people.provider.attempts import SignInAttempt, SignInAttemptError, assertion_uri
from people.provider.issuer import ProviderRefusalError, speaks_saml
from people.provider.saml import Assertion, read_answer
from people.provider.views.openid import let_in, say_that_it_failed, where

KEPT = 60  # seconds: a browser follows at once


@where(speaks_saml)
@csrf_exempt  # another site's page sends it, and nobody is signed in by it
@never_cache
@require_POST
def take_assertion(request: HttpRequest) -> HttpResponse:
    """Lead a browser on with what the provider has said in a form; nothing that it did not sign is kept."""
    try:
        assertion = read_answer(request.POST.get("SAMLResponse", ""), back=assertion_uri())
    except ProviderRefusalError as error:
        return say_that_it_failed(request, str(error))
    key = secrets.token_urlsafe(32)
    cache.set(_place(key), assertion.seal(), KEPT)
    return redirect(f"{reverse('end_saml_sign_in')}?{urlencode({'answer': key})}")


@where(speaks_saml)
@never_cache
@require_http_methods(["GET"])
def end_saml_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whom the provider has authenticated. The address is good for the browser that asked, once."""
    place = _place(request.GET.get("answer", ""))
    assertion = Assertion.open(cache.get(place, ""))
    cache.delete(place)
    if assertion is None:
        return say_that_it_failed(request, "answer is unknown or was used already")
    try:
        attempt = SignInAttempt.take_asked(request, assertion.request)
        sign_in = authenticate_by_assertion(assertion, since=attempt.started_at)
    except (SignInAttemptError, ProviderRefusalError) as error:
        return say_that_it_failed(request, str(error))
    with override(attempt.language):
        return let_in(request, sign_in, attempt.next)


def _place(key: str) -> str:
    return f"people.provider.saml:{hashlib.sha256(key.encode()).hexdigest()}"
