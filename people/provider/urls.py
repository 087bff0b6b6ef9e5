"""Where the organisation's provider leads back: addresses as they are registered there, in no language."""

from django.urls import path

from people.provider.views import end_provider_sign_in, end_saml_sign_in, take_assertion

urlpatterns = [
    path("callback/", end_provider_sign_in, name="end_provider_sign_in"),
    path("saml/", take_assertion, name="take_assertion"),
    path("saml/end/", end_saml_sign_in, name="end_saml_sign_in"),
]
