"""Addresses of the admin that never reach Wagtail: its own sign-in and its own password reset."""

from django.urls import path, re_path

from people.views import AdminSignInView, not_found

urlpatterns = [
    path("login/", AdminSignInView.as_view()),
    re_path(r"^password_reset/", not_found),
]
