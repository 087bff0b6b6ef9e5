"""The history of a page names a view restriction in the reader's language, not in that of whoever set it.

Wagtail writes the name down with the act, and shows it as it is written; the kind of the restriction, from
which it comes, is written beside it.
"""

from copy import copy

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseViewRestriction, ModelLogEntry, PageLogEntry

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "the formatters of `wagtail.view_restriction…` in wagtail/wagtail_hooks.py, and at what "
    "`PageViewRestriction.save` in wagtail/models/pages.py writes of a restriction",
)
ACTIONS = ("create", "edit", "delete")
NAMES = dict(BaseViewRestriction.RESTRICTION_CHOICES)


def name_restriction(formatter: LogFormatter, entry: PageLogEntry | ModelLogEntry) -> str:
    """Return the line that `formatter` makes of an entry, with the restriction named for the reader."""
    written = entry.data.get("restriction", {})
    if written.get("type") not in NAMES:
        return formatter.format_message(entry)
    entry = copy(entry)
    entry.data = {**entry.data, "restriction": {**written, "title": NAMES[written["type"]]}}
    return formatter.format_message(entry)


def replace_formatters(actions: LogActionRegistry) -> None:
    """Put our formatters in the place of Wagtail's, where the filter by act has them already."""
    for action in (f"wagtail.view_restriction.{name}" for name in ACTIONS):
        actions.formatters[action] = _NamingFormatter(actions.formatters[action])


class _NamingFormatter(LogFormatter):
    """One of Wagtail's, asked for its line with another name."""

    def __init__(self, stock: LogFormatter) -> None:
        self.stock, self.label = stock, stock.label

    def format_message(self, log_entry: PageLogEntry | ModelLogEntry) -> str:
        return name_restriction(self.stock, log_entry)


def apply() -> None:
    """Name restrictions so."""
    hooks.register("register_log_actions", replace_formatters, order=1)  # after Wagtail's own
