"""Read a thread, find a comment, follow the state of one, reply; and how every view here looks things up."""

from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from dialogue.actions import CommentRefused, feature_comment, status_token, token_digest
from dialogue.conversations import state_for
from dialogue.forms import CommentForm
from dialogue.models.comments import Comment
from dialogue.models.pages import ConversationPage
from dialogue.models.settings import ConversationSettings
from dialogue.permalinks import address_in_thread
from dialogue.permissions import ConversationPermissionTester
from dialogue.readings import as_start
from dialogue.threads import load_thread
from dialogue.views.answers import SeeOther, unlisted
from dialogue.views.owners import find_owner, tester_of
from portal.editions import remember
from portal.permissions import audience_of


@never_cache
@require_safe
def comment_status(request: HttpRequest, token: str) -> HttpResponse:
    """Show an author what has become of their comment, behind an address that only they know."""
    comment = get_object_or_404(
        Comment.objects.select_related("page"), status_token_digest=token_digest(token)
    )
    page = comment.page.specific
    may_read_page = ConversationPermissionTester(page, request.user).can_read()
    context = {
        "page": page,
        "comment": comment,
        # An erased person's words are gone; those of a page that its author may not read stay with the page.
        "may_read_page": may_read_page,
        "again_url": reverse("send_confirmation_again", args=[token]),
        # `moderation`, an app above, has the form: known here by the name of its address alone.
        "appeal_url": reverse("appeal_by_status", args=[token]) if may_read_page else "",
        "has_asked_again": request.GET.get("asked") == "again",
        "has_changed": request.GET.get("saved") == "change",
        **form_links(request),
    }
    return unlisted(render(request, "dialogue/status.html", context))


@require_safe
def comment_permalink(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead to where a comment stands now; the address survives moves of the page.

    Of one that was taken away, its place is left for as long as replies hang on it.
    """
    comment = get_shown_comment(request, public_id)
    # Addresses begin with a language: that of the page, whatever the permalink began with.
    with override(comment.page.locale.language_code):
        return redirect(address_in_thread(comment))


@never_cache
@require_safe
def reply_to_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one comment and the form to reply to it."""
    comment = get_visible_comment(request, public_id)
    page = comment.page.specific
    state = state_for(request.user, page)
    form = CommentForm(initial={"parent": comment.public_id}, page=page, viewer=request.user)
    context = {
        "page": page,
        "comment": comment,
        "form": form if state.is_open else None,
        "closed_sentence": str(state.sentence),
        "audience": audience_of(page),
        "change_url": address_of_change(request, comment),
        **form_links(request),
    }
    return render(request, "dialogue/reply.html", context)


@require_safe
def show_thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one thread with all its replies, a page at a time."""
    root = get_shown_comment(request, public_id, depth=0)
    page = root.page.specific
    is_open = state_for(request.user, page).is_open
    start = as_start(request.GET.get("from", ""))
    thread, span = load_thread(root, request.user, start, request, can_reply=is_open)
    context = {
        "page": page,
        "root": root,
        "thread": thread,
        "span": span,
        "may_feature": request.user.has_perm("dialogue.feature_comment"),
        "audience": audience_of(page),
    }
    return render(request, "dialogue/thread.html", context)


@require_POST
def feature_in_new_article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start a draft article around a comment and open it, the cursor in its introduction."""
    comment = get_visible_comment(request, public_id)
    try:
        page = feature_comment(comment, by=request.user)
    except CommentRefused as error:
        messages.error(request, str(error))
        return SeeOther(reverse("wagtailadmin_home"))
    return SeeOther(f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?focus=introduction")


def get_conversation_page(request: HttpRequest, page_id: int) -> ConversationPage:
    """Return the page, or raise `Http404`: for one that is missing and for one that is not theirs alike."""
    # A copy: what is remembered serves the next request too, and a view may set something on its page.
    page = copy(remember(("conversation page", page_id), lambda: _find_conversation_page(page_id)))
    if page is None or not ConversationPermissionTester(page, request.user).can_read():
        raise Http404
    return page


def _find_conversation_page(page_id: int) -> ConversationPage | None:
    kind = Page.objects.filter(pk=page_id).values_list("content_type", flat=True).first()
    model = ContentType.objects.get_for_id(kind).model_class() if kind else None
    if model is None or not issubclass(model, ConversationPage):
        return None
    return model.objects.filter(pk=page_id).select_related("locale").first()


def get_visible_comment(request: HttpRequest, public_id: str) -> Comment:
    """Return the comment, or raise `Http404`, for a missing one and for one that is not theirs alike."""
    comments = Comment.objects.visible_to(request.user).select_related("page__locale", "root")
    return get_object_or_404(comments, public_id=public_id)


def get_shown_comment(request: HttpRequest, public_id: str, **wanted: int) -> Comment:
    """Return what stands in a thread that is theirs, a tombstone too, or raise `Http404`."""
    comments = Comment.objects.shown().on_pages_visible_to(request.user)
    return get_object_or_404(comments.select_related("page__locale", "root"), public_id=public_id, **wanted)


def address_after_posting(comment: Comment) -> str:
    """Return the comment's place in the conversation or, while it waits, the page of its state.

    A comment that was not sent with our form has no such page: its author finds it among their own.
    """
    if comment.is_published:
        return comment.get_absolute_url()
    if comment.idempotency_key is None:
        return reverse("personal_page")
    return reverse("comment_status", args=[status_token(comment.idempotency_key)])


def address_of_change(request: HttpRequest, comment: Comment) -> str:
    """Return where whoever asks changes this comment, if it is theirs and there is time; or nothing."""
    owner = find_owner(request)
    if owner is None or not owner.may_see(comment) or not tester_of(request, owner, comment).can_edit():
        return ""
    return reverse("edit_own_comment", args=[comment.public_id])


def form_links(request: HttpRequest) -> dict[str, Any]:
    """Return what the form says of the site: the addresses of the rules and the privacy notice in the
    reader's language, or empty ones, and whether internal words may come before the public at all.
    """
    settings = ConversationSettings.for_request(request)
    pages = {"rules_url": settings.rules_page_id, "privacy_url": settings.privacy_page_id}
    links = {
        name: remember((name, pk, settings.site_id), partial(_url_of, pk, request))
        for name, pk in pages.items()
    }
    return {**links, "may_cross": settings.allow_crossing}


def _url_of(pk: int | None, request: HttpRequest) -> str:
    """Return the address of a page in the reader's language; empty where there is none."""
    page = Page.objects.filter(pk=pk).first()
    return (page.localized.get_url(request) or "") if page else ""
