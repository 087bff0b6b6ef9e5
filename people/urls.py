"""Addresses of accounts: of allauth's views, those that are open here, and no other.

There is no sign-up, no managing of addresses and no code by mail: administrators make accounts.
"""

from allauth.account import views
from django.urls import include, path, re_path

from people.provider.views import begin_provider_sign_in
from people.views import (
    edit_preferences,
    end_other_sessions,
    end_session,
    list_sessions,
    set_password,
    sign_in,
)

urlpatterns = [
    path("", edit_preferences, name="account_preferences"),
    path("login/", sign_in, name="account_login"),
    path("login/provider/", begin_provider_sign_in, name="begin_provider_sign_in"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("", include("people.factor_urls")),
    path("sessions/", list_sessions, name="list_sessions"),
    path("sessions/<int:session_id>/end/", end_session, name="end_session"),
    path("sessions/end-others/", end_other_sessions, name="end_other_sessions"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", set_password, name="account_set_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
