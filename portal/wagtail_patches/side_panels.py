"""Apps add panels beside a page in the editor, by the hook `construct_page_side_panels`.

Wagtail makes the list in a method of its view, which a project reaches by no setting and no hook. What
registers is a function that is given the request, the page and the panels, to which it appends.
"""

from typing import Any

from wagtail import hooks
from wagtail.admin.views.pages.edit import EditView

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`EditView.get_side_panels` in wagtail/admin/views/pages/edit.py: whether it still leaves panels out of "
    "the answers that only refresh a part of the editor, and whether there is a hook by now",
)
GET_SIDE_PANELS = EditView.get_side_panels


def get_side_panels(self: EditView) -> Any:
    """Return Wagtail's panels and those of the apps; what merely saves in the background gets no more."""
    panels = GET_SIDE_PANELS(self)
    if not (self.expects_json_response or self.hydrate_create_view):
        for add_panels in hooks.get_hooks("construct_page_side_panels"):
            add_panels(self.request, self.page, panels)
    return panels


def apply() -> None:
    """Let apps add panels to the editor of every page."""
    EditView.get_side_panels = get_side_panels
