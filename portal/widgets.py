"""Wagtail's choosers, started without the inline script that our content policy refuses.

Wagtail 8.0 writes that script in `BaseChooser.render`, below every chooser, those it makes itself included:
there is no template to override, so the method is replaced. Look again with the next Wagtail.
"""

import json
import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

STARTER = re.compile(r"(?:new )?(\w+)\((.*)\);", re.DOTALL)


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
        json.dumps(json.loads(f"[{call[2]}]")),
    )


def start_choosers_without_scripts() -> None:
    """Let every chooser of the admin be rendered so."""
    BaseChooser.render = render_with_starter
