"""Addresses by which somebody asks for a message about their account."""

from django.urls import path

from mail.views import ask_for_password_link

urlpatterns = [path("password/reset/", ask_for_password_link, name="account_reset_password")]
