"""The panels on the front of the admin list nothing from which a view restriction keeps their reader out.

Wagtail lists what was edited, locked or sent for review, and asks for no right to read it; there is no hook
for what a panel lists.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page

from portal.permissions import is_closed_in_admin
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "the panels in wagtail/admin/views/home.py: under which names they have their lists, and whether "
    "there is another panel by now",
)

# The panels on the front of the admin: under which name each has its list, and where a page is in an entry.
PANELS: dict[type[Component], tuple[str, Callable[[Any], models.Model]]] = {
    WorkflowObjectsToModeratePanel: ("states", lambda state: state["obj"]),
    UserObjectsInWorkflowModerationPanel: ("workflow_states", lambda state: state.content_object),
    LockedPagesPanel: ("locked_pages", lambda page: page),
    RecentEditsPanel: ("last_edits", lambda edit: edit[1]),
}


def list_reachable(panel: type[Component]) -> Callable[[Component, Mapping[str, Any]], dict[str, Any]]:
    """Return the method that gives `panel` its context, without what is restricted against its reader."""
    find_context, (name, page_of) = panel.get_context_data, PANELS[panel]

    def get_context_data(self: Component, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context, viewer = find_context(self, parent_context), parent_context["request"].user
        pages = ((entry, page_of(entry)) for entry in context[name])
        shown = [
            entry
            for entry, page in pages
            if not (isinstance(page, Page) and is_closed_in_admin(viewer, page))
        ]
        return {**context, name: shown}

    return get_context_data


def apply() -> None:
    """Let no panel tell of what is closed to whoever reads it."""
    for panel in PANELS:
        panel.get_context_data = list_reachable(panel)
