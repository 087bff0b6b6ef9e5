"""Addresses of the demonstration and of development."""

from django.urls import path

from demo.views import show_mailbox

urlpatterns = [path("", show_mailbox, name="show_mailbox")]
