"""One's own second factors. What is not here is allauth's, with our forms and templates."""

from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache

from people.factors import lacks_required_factor
from portal.wagtail_patches.passkeys import begin_registration


class ListFactorsView(IndexView):
    """What one signs in with beside the password, and whether something is missing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_staff = self.request.user.has_perm("wagtailadmin.access_admin")
        is_required = is_staff and lacks_required_factor(self.request.user, self.request.user_session)
        return {**context, "is_required": is_required}


class AddPasskeyView(AddWebAuthnView):
    """Every key is made so that it can sign in alone: it stays in the device, and checks the person."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = begin_registration(self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}}


class RemovePasskeyView(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")


list_factors = never_cache(ListFactorsView.as_view())
add_passkey = never_cache(AddPasskeyView.as_view())
remove_passkey = never_cache(RemovePasskeyView.as_view())
