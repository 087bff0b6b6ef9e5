"""The chooser of pages for a link opens among the neighbours of the page that is being written.

Wagtail 8.0 opens it at the root of the tree, from which everything is three steps away; there is no hook for
where it begins.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page

from portal.permissions import is_closed_in_admin
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`BrowseView.get` in wagtail/admin/views/chooser.py: where it begins without a parent, and by which name"
    " it takes the kinds of pages",
)
ANY_KIND = {"", "wagtailcore.page"}
BROWSE = BrowseView.get


def browse(self: BrowseView, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
    """Begin where whoever asks is writing; a chooser of one kind of page begins where those are."""
    if parent_page_id is None and request.GET.get("page_type", "") in ANY_KIND:
        parent_page_id = _section_of_editor(request)
    return BROWSE(self, request, parent_page_id)


def _section_of_editor(request: HttpRequest) -> int | None:
    """Return the section of the page from whose form the request comes, if it is open to its reader."""
    try:
        match = resolve(urlsplit(request.headers.get("Referer", "")).path)
    except (Resolver404, ValueError):
        return None
    section = None
    if match.view_name == "wagtailadmin_pages:add":
        section = Page.objects.filter(pk=match.kwargs["parent_page_id"]).first()
    elif match.view_name == "wagtailadmin_pages:edit":
        page = Page.objects.filter(pk=match.kwargs["page_id"]).first()
        section = page.get_parent() if page else None
    return section.pk if section and not is_closed_in_admin(request.user, section) else None


def apply() -> None:
    """Let it begin there."""
    BrowseView.get = browse
