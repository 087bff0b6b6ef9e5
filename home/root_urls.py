"""Addresses outside the languages."""

from django.urls import path

from home.views import show_sitemap

urlpatterns = [path("sitemap.xml", show_sitemap, name="sitemap")]
