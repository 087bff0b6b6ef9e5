"""Whoever publishes a page is refused where an app knows of something that stands against it.

Wagtail asks its hook in the editor alone; the bulk action, the API of the admin and the last approval of a
workflow come past it. Here the act itself is guarded, however somebody comes to it. An app registers on the
hook `refuse_publication` a function that is given the page, as it would be published, and the person, and
returns a sentence or nothing. What the portal does by itself, as at the hour of a schedule, nobody refuses.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPagePermissionError, PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView

from portal.wagtail_patches import Patch

PATCH = Patch(
    "wagtail",
    "8.0.1",
    "`PublishPageRevisionAction.check` in wagtail/actions/publish_page_revision.py, which every way of "
    "publishing a page must still ask, and in wagtail/admin/views/pages/ at `publish_action` of create.py: "
    "whether it still adds the page as a live one before its hook, at `perform_workflow_action` of edit.py "
    "and `WorkflowActionView` of workflow.py: whether they have a hook before the last approval by now",
)
PUBLISH_NEW = CreateView.publish_action


class PublicationRefused(PublishPagePermissionError):
    """Something stands against publishing the page; the message says what."""

    def __init__(self, sentence: SafeString | str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def check_publication(action: PublishPageRevisionAction) -> None:
    """Raise `PublicationRefused` if an app knows of something, and a person publishes."""
    if action.user is None:
        return
    for refuse in hooks.get_hooks("refuse_publication"):
        if sentence := refuse(action.object, action.user):
            raise PublicationRefused(sentence)


def publish_new(self: CreateView) -> HttpResponse:
    """Add a page as a draft, which is then published: Wagtail adds it live, before anybody could refuse."""
    self.form.instance.live = False
    return PUBLISH_NEW(self)


def apply() -> None:
    """Guard the act, and let whoever approves last read why it is not done."""
    stock = PublishPageRevisionAction.check

    @wraps(stock)
    def check_both(self: PublishPageRevisionAction, *args: Any, **kwargs: Any) -> None:
        stock(self, *args, **kwargs)
        check_publication(self)

    PublishPageRevisionAction.check = check_both
    CreateView.publish_action = publish_new
    EditView.perform_workflow_action = _telling(EditView.perform_workflow_action)
    WorkflowActionView.post = _telling(WorkflowActionView.post)


def _telling(approve: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(approve)
    def approve_or_tell(self: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return approve(self, *args, **kwargs)
        except PublicationRefused as refused:
            messages.error(self.request, refused.sentence)
            address = reverse("wagtailadmin_pages:edit", args=[_page_of(self).pk])
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(self.request, {"step": "success", "redirect": address})
        return redirect(address)

    return approve_or_tell


def _page_of(view: Any) -> Any:
    return view.page if isinstance(view, EditView) else view.object
