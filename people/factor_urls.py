"""Addresses of second factors: of allauth's views, those that are open here, and no other."""

from allauth.mfa.base import views
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from people.views import add_passkey, list_factors, remove_passkey

urlpatterns = [
    path("factors/", list_factors, name="mfa_index"),
    path("factors/app/", app.activate_totp, name="mfa_activate_totp"),
    path("factors/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("factors/codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("factors/passkeys/add/", add_passkey, name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path("login/second-step/", views.authenticate, name="mfa_authenticate"),
    path("login/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("reauthenticate/code/", views.reauthenticate, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
