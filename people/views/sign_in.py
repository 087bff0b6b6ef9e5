"""The sign-in page: the organisation's provider, name and password, or a passkey."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView, password_set
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from people.forms import PasskeySignInForm
from people.provider.issuer import (
    RETRY_AFTER,
    Endpoints,
    ProviderUnavailableError,
    find_endpoints,
    is_on,
    speaks_openid,
    speaks_saml,
)
from people.sessions import SignedInRequest


class SignInView(LoginView):
    """Allauth's, with every way to sign in on one page."""

    @cached_property
    def endpoints(self) -> Endpoints | None:
        """Where the provider is; None where it is not asked, or is unavailable."""
        try:
            return find_endpoints() if speaks_openid() else None
        except ProviderUnavailableError:
            return None

    @property
    def is_unavailable(self) -> bool:
        return speaks_openid() and self.endpoints is None

    @property
    def provider_address(self) -> str:
        """Where the form leads a browser on to, if it does."""
        if speaks_saml():
            return settings.SAML_ADDRESS
        return self.endpoints.authorization if self.endpoints else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.LOCAL_SIGN_IN:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "passkey_form": PasskeySignInForm(),
            "provider_label": settings.PROVIDER_LABEL if is_on() else "",
            "is_unavailable": self.is_unavailable,
            "is_local": settings.LOCAL_SIGN_IN,
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if self.provider_address:
            # What `csp_override` sets in Django 6.1, which cannot take a policy that is known only now.
            response._csp_config = policy_towards(self.provider_address)
        # A form that was sent is answered by what is wrong with it.
        if self.is_unavailable and self.request.method != "POST":
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
            response["Retry-After"] = str(RETRY_AFTER)
        return response


def policy_towards(address: str) -> dict[str, list[str]]:
    """Return the content policy of a page whose form leads to the provider: browsers follow it there."""
    parts = urlsplit(address)
    provider = [f"{parts.scheme}://{parts.netloc}", *settings.PROVIDER_ORIGINS]
    return {**settings.SECURE_CSP, "form-action": [*settings.SECURE_CSP["form-action"], *provider]}


sign_in = SignInView.as_view()


@login_required
def set_password(request: SignedInRequest) -> HttpResponse:
    """Allauth's, for those who may have a password here."""
    if request.user.signs_in_by_provider:
        raise Http404
    return password_set(request)
