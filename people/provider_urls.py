"""Where the organisation's provider leads back: one address, as it is registered there, in no language."""

from django.urls import path

from people.views import end_provider_sign_in

urlpatterns = [
    path("callback/", end_provider_sign_in, name="end_provider_sign_in"),
]
