"""Addresses that stand in mail; they have no language of their own, for a message has one already."""

from django.urls import path

from mail.views import unsubscribe

urlpatterns = [path("stop/<str:token>/", unsubscribe, name="unsubscribe")]
