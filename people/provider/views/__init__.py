"""The way to the organisation's provider, and back."""

from people.provider.views.openid import begin_provider_sign_in, end_provider_sign_in
from people.provider.views.saml import end_saml_sign_in, take_assertion

__all__ = ["begin_provider_sign_in", "end_provider_sign_in", "end_saml_sign_in", "take_assertion"]
