"""The list of redirects leaves out those that lead to a page closed to whoever asks.

Wagtail lists all of them, in its list and in the file that is made of it, and has no hook for either.
"""

from django.db import models
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import IndexView

from portal.permissions import restrictions_against
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`IndexView.get_base_queryset` in wagtail/contrib/redirects/views.py, and at whether it fetches more "
    "than page and site by now",
)


def redirects_for_viewer(self: IndexView) -> models.QuerySet[Redirect]:
    """Return the redirects, but for those that lead to a page closed to whoever asks."""
    redirects = super(IndexView, self).get_base_queryset().select_related("redirect_page", "site")
    for restriction in restrictions_against(self.request.user):
        redirects = redirects.exclude(redirect_page__path__startswith=restriction.path)
    return redirects


def apply() -> None:
    """Let the list be of these."""
    IndexView.get_base_queryset = redirects_for_viewer
