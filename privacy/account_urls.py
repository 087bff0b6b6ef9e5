"""Addresses by which somebody with an account takes away what is kept about them, or has it erased."""

from django.urls import path

from privacy.views import download_own_data, erase_own_account

urlpatterns = [
    path("data/", download_own_data, name="download_own_data"),
    path("erase/", erase_own_account, name="erase_own_account"),
]
