"""The screens on which staff answer privacy requests."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from privacy.views.requests import AnswerView, CorrectNameView, EraseView, ExportView, FindView


class PrivacyViewSet(ViewSet):
    """Privacy requests: find a person by address, hand out or erase what is kept."""

    name = "privacy_requests"
    url_prefix = "privacy"
    icon = "lock"
    menu_label = _("Privacy requests")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", FindView.as_view(), name="find"),
            path("<int:pk>/", AnswerView.as_view(), name="answer"),
            path("<int:pk>/export/", ExportView.as_view(), name="export"),
            path("<int:pk>/name/", CorrectNameView.as_view(), name="correct_name"),
            path("<int:pk>/erase/", EraseView.as_view(), name="erase"),
        ]


privacy_viewset = PrivacyViewSet()
