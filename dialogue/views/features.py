"""“Feature in…”: the drafts and pages in which somebody may quote a comment, and quoting it in one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from dialogue.actions.features import FeatureRefused, feature_in_page, pages_open_to, quoting_drafts
from dialogue.models.comments import Comment
from dialogue.permissions import CommentPermissionTester
from dialogue.views.answers import SeeOther
from dialogue.views.conversation import get_visible_comment

PAGES_PER_PAGE = 20
QUERY_MAX_LENGTH = 200
KEY_MAX_LENGTH = 9  # digits that every database takes for a number


@require_safe
def find_page_for_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """List the pages, drafts too, in which whoever asks may quote a comment; and the way to a new one."""
    comment = _get_comment(request, public_id)
    query = request.GET.get("q", "").replace("\0", "").strip()[:QUERY_MAX_LENGTH]
    pages = _titled(pages_open_to(comment, by=request.user), query).select_related("content_type", "locale")
    page_obj = Paginator(pages, PAGES_PER_PAGE).get_page(request.GET.get("page"))
    quoting = quoting_drafts(comment, page_obj)
    context = {
        "comment": comment,
        "query": query,
        "page_obj": page_obj,
        "places": [_describe(page, quoting, request) for page in page_obj],
        "page_title": _("Feature in…"),
        "header_icon": "openquote",
    }
    return render(request, "dialogue/find_page.html", context)


@require_POST
def feature_in_chosen_page(request: HttpRequest, public_id: str, page_id: int) -> HttpResponse:
    """Quote a comment at the end of a draft and open it, or say why that was not done."""
    comment = _get_comment(request, public_id)
    page = get_object_or_404(pages_open_to(comment, by=request.user), pk=page_id)
    editor_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    try:
        draft = feature_in_page(comment, page, seen=_read_key(request.POST.get("seen", "")), by=request.user)
    except FeatureRefused as error:
        open_it = messages.button(editor_url, _("Open the page"))
        messages.error(request, str(error), buttons=[open_it])
        return SeeOther(reverse("dialogue_find_page_for_comment", args=[comment.public_id]))
    messages.success(
        request, _("The comment stands at the end of the draft. Nothing of it is published yet.")
    )
    return SeeOther(f"{editor_url}#block-{draft.body[-1].id}-section")


def _get_comment(request: HttpRequest, public_id: str) -> Comment:
    """Return the comment. Raises `Http404` where none is to be read, `PermissionDenied` without the right."""
    comment = get_visible_comment(request, public_id)
    if not CommentPermissionTester(comment, request.user).can_feature():
        raise PermissionDenied
    return comment


def _titled(pages: QuerySet, query: str) -> QuerySet:
    for word in query.split():
        pages = pages.filter(Q(draft_title__icontains=word) | Q(title__icontains=word))
    return pages


def _describe(page: Page, quoting: set[int], request: HttpRequest) -> dict[str, Any]:
    """Return what tells one page from another, and whether it can take the comment."""
    return {
        "page": page,
        "title": page.get_admin_display_title(),
        "kind": page.cached_content_type.model_class()._meta.verbose_name,
        "state": _state_of(page),
        "is_quoting": page.pk in quoting,
        "is_locked": page.locked and page.locked_by_id != request.user.pk,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }


def _state_of(page: Page) -> str:
    """Return what readers have of a page, asked of its own row alone."""
    if not page.live:
        return _("Draft")
    return _("Live, with a draft") if page.has_unpublished_changes else _("Live")


def _read_key(text: str) -> int | None:
    """Return the key that a form names; None where it names none. Raises `Http404` for what can be no key."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= KEY_MAX_LENGTH):
        raise Http404
    return int(text)
