"""Addresses of the admin that never reach Wagtail: its sign-in and password reset; and who is signed in."""

from django.urls import path, re_path

from people.views import AdminSignInView, not_found, tell_session

urlpatterns = [
    path("login/", AdminSignInView.as_view()),
    path("session/", tell_session, name="tell_session"),
    re_path(r"^password_reset/", not_found),
]
