"""Addresses of what everybody may know about the data of people here."""

from django.urls import path

from privacy.views import show_erased, show_retention

urlpatterns = [
    path("retention/", show_retention, name="show_retention"),
    path("erased/", show_erased, name="show_erased"),
]
