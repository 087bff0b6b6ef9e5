"""Wagtail writes no mail about pages that wait for review: `home.mail` does, through the outbox.

Wagtail 8.0 writes to whoever may review a page, with its title, and asks nobody whether they may read it; to
administrators it writes twice of one submission, and the HTML in the language of whoever pressed the button.
There is no setting that switches it off.
"""

from typing import Any

from wagtail.admin.mail import EmailNotificationMixin
from wagtail.models import TaskState, WorkflowState

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`EmailNotificationMixin.get_valid_recipients` in wagtail/admin/mail.py, at whether every message"
    " about a review goes through it, and at whether `home.signals` hears of each of these events",
)


def write_to_nobody(
    self: EmailNotificationMixin, instance: WorkflowState | TaskState, **kwargs: Any
) -> set[Any]:
    """Return nobody."""
    return set()


def apply() -> None:
    """Let Wagtail itself tell nobody by mail of a review."""
    EmailNotificationMixin.get_valid_recipients = write_to_nobody
