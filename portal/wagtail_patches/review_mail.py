"""Mail about pages that wait for review: Wagtail's own, but of public pages alone.

Wagtail 8.0 writes to whoever may review a page, with its title, and asks nobody whether they may read it.
What is internal leaves by no mail: reviewers find it on the front of the admin. There is no hook for this.
"""

from typing import Any

from wagtail.admin.mail import EmailNotificationMixin
from wagtail.models import Page, TaskState, WorkflowState

from portal.permissions import Audience, audience_of
from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`EmailNotificationMixin.get_valid_recipients` in wagtail/admin/mail.py, and at whether every message"
    " about a review goes through it",
)


def apply() -> None:
    """Let nobody be told by mail of a review of an internal page."""
    everybody = EmailNotificationMixin.get_valid_recipients

    def get_valid_recipients(
        self: EmailNotificationMixin, instance: WorkflowState | TaskState, **kwargs: Any
    ) -> set[Any]:
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        page = state.content_object
        if isinstance(page, Page) and audience_of(page) == Audience.INTERNAL:
            return set()
        return everybody(self, instance, **kwargs)

    EmailNotificationMixin.get_valid_recipients = get_valid_recipients
