"""Addresses at which readers flag a comment, below the language."""

from django.urls import path

from moderation.views import flag_comment, show_flag_sent

urlpatterns = [
    path("conversation/<slug:public_id>/flag/", flag_comment, name="flag_comment"),
    path("conversation/<slug:public_id>/flag/sent/", show_flag_sent, name="show_flag_sent"),
]
