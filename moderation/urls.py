"""Addresses at which readers flag a comment, authors appeal, and all see the counts, below the language."""

from django.urls import path

from moderation.views import (
    appeal_by_status,
    appeal_own_comment,
    flag_comment,
    show_decision_counts,
    show_flag_sent,
)

urlpatterns = [
    path("conversation/<slug:public_id>/flag/", flag_comment, name="flag_comment"),
    path("conversation/<slug:public_id>/flag/sent/", show_flag_sent, name="show_flag_sent"),
    path("conversation/decisions/", show_decision_counts, name="show_decision_counts"),
    path("conversation/status/<slug:token>/appeal/", appeal_by_status, name="appeal_by_status"),
    path("conversation/participant/<slug:public_id>/appeal/", appeal_own_comment, name="appeal_own_comment"),
]
