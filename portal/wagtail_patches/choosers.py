"""Choosers of the admin are started without an inline script, and name nothing that is closed to an editor.

Wagtail writes a script in `BaseChooser.render`, which our content policy refuses, and shows the title of
whatever page or file was chosen: there is no template to override and no hook, so the methods are replaced.
"""

import json
import re
from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.documents.models import AbstractDocument
from wagtail.documents.views.chooser import BaseAdminDocumentChooser
from wagtail.images.models import AbstractImage
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page

from portal.permissions import current_viewer, is_closed_file_in_admin, is_closed_in_admin
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`BaseChooser` in wagtail/admin/widgets/chooser.py: whether `render` still writes a script and what "
    "`render_js_init` calls; and at what the choosers of pages, pictures and documents tell of what was "
    "chosen",
)
STARTER = re.compile(r"(?:new )?(\w+)\((.*)\);", re.DOTALL)
FIND_INSTANCE, DESCRIBE = BaseChooser.get_instance, BaseChooser.get_value_data_from_instance
DESCRIBE_PICTURE = AdminImageChooser.get_value_data_from_instance


def render_with_starter(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """Render a chooser with an element that `js/admin/start-widgets.js` starts it from.

    Raises `TypeError` without an id among `attrs`, as Wagtail does: nothing could be started.
    """
    if not attrs or "id" not in attrs:
        raise TypeError("A chooser cannot be rendered without an id.")
    value_data = self.get_value_data(value)
    call = STARTER.fullmatch(self.render_js_init(attrs["id"], name, value_data))
    if call is None:
        raise ValueError(f"{type(self).__name__} is started in a way that we do not know.")
    return format_html(
        '{}<template data-controller="start-widget" data-start-widget-name-value="{}"'
        ' data-start-widget-arguments-value="{}"></template>',
        self.render_html(name, value_data, attrs),
        call[1],
        # Read and written again: what is not plain JSON would have been run as a script, and raises here.
        json.dumps(json.loads(f"[{call[2]}]")),
    )


def title_for_viewer(self: AdminPageChooser, page: Page) -> str:
    """Return the title of the page that was chosen, or a sentence for whoever edits and may not read it."""
    viewer = current_viewer()
    if viewer is not None and is_closed_in_admin(viewer, page):
        return gettext("A page that you may not read")
    return page.get_admin_display_title()


def find_instance(self: BaseChooser, value: Any) -> models.Model | None:
    """Return what was chosen; nothing for a value that is no number, which the form speaks of."""
    try:
        return FIND_INSTANCE(self, value)
    except (TypeError, ValueError, OverflowError):
        return None


def describe_picture(self: AdminImageChooser, picture: AbstractImage) -> dict[str, Any]:
    """Return what the chooser of pictures shows of the one that was chosen; of a closed one, nothing."""
    if not _is_hidden(picture):
        return DESCRIBE_PICTURE(self, picture)
    no_preview = {"url": "", "width": 0, "height": 0}
    return _describe_hidden(picture) | {"preview": no_preview, "default_alt_text": ""}


def describe_document(self: BaseAdminDocumentChooser, document: AbstractDocument) -> dict[str, Any]:
    """Return what the chooser of documents shows of the one that was chosen; of a closed one, nothing."""
    return _describe_hidden(document) if _is_hidden(document) else DESCRIBE(self, document)


def _is_hidden(file: AbstractImage | AbstractDocument) -> bool:
    viewer = current_viewer()
    return viewer is not None and is_closed_file_in_admin(viewer, file)


def _describe_hidden(file: models.Model) -> dict[str, Any]:
    return {"id": file.pk, "edit_url": None, "title": gettext("A file that you may not read")}


def apply() -> None:
    """Let every chooser of the admin be rendered so."""
    BaseChooser.render = render_with_starter
    BaseChooser.get_instance = find_instance
    AdminPageChooser.get_display_title = title_for_viewer
    AdminImageChooser.get_value_data_from_instance = describe_picture
    BaseAdminDocumentChooser.get_value_data_from_instance = describe_document
