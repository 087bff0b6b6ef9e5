"""Preview, send, follow the state, read a thread, find a comment."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect, ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from dialogue.actions import (
    CommentRefused,
    TooManyComments,
    feature_comment,
    post_comment,
    status_token,
    token_digest,
)
from dialogue.forms import CommentForm, SendingForm
from dialogue.models.comments import Comment
from dialogue.models.pages import CommentingState, ConversationPage
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import ConversationPermissionTester
from dialogue.threads import address_in_thread, load_thread
from dialogue.tickets import issue_ticket
from dialogue.views.answers import CREATED, TOO_MANY, UNPROCESSABLE, SeeOther, refuse_cross_site, unlisted
from people.devices import vouches_for
from people.networks import network_digest
from portal.permissions import audience_of


@csrf_exempt  # it writes nothing, and the stored page that it is posted from carries no token
@never_cache
@require_POST
def preview_comment(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the comment as it will look. Writes nothing; refuses what another site sends."""
    refuse_cross_site(request)
    page = get_conversation_page(request, page_id)
    form = CommentForm(request.POST, page=page, viewer=request.user)
    if not page.commenting_state.is_open:
        form.add_error(None, str(page.commenting_state.sentence))
    return render_preview(request, page, form, status=200 if form.is_valid() else UNPROCESSABLE)


@csrf_protect
@never_cache
@require_POST
def create_comment(request: HttpRequest, page_id: int) -> HttpResponse:
    """Store the comment once, and lead to it or to the page that shows its state."""
    page = get_conversation_page(request, page_id)
    form = SendingForm(request.POST, page=page, viewer=request.user)
    status = UNPROCESSABLE
    headers = {}
    if form.is_valid():
        try:
            submission = form.submission(
                form.ticket.key,
                network_digest(request),
                form.signals,
                is_verified=vouches_for(request, form.cleaned_data.get("email", "")),
            )
            return answer_with_address(request, address_after_posting(post_comment(page, submission)))
        except TooManyComments as error:
            form.add_error(None, str(error))
            status, headers = TOO_MANY, {"Retry-After": str(error.retry_after)}
        except CommentRefused as error:
            form.add_error(None, str(error))
    return render_preview(request, page, form, status=status, headers=headers)


@never_cache
@require_safe
@ensure_csrf_cookie
def issue_posting_ticket(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hand a form that is about to be used, by script, what it needs to be sent in one step."""
    page = get_conversation_page(request, page_id)
    ticket = issue_ticket(page.pk)
    return JsonResponse({"key": ticket.key, "time": ticket.time, "csrf": get_token(request)})


@never_cache
@require_safe
def comment_status(request: HttpRequest, token: str) -> HttpResponse:
    """Show an author what has become of their comment, behind an address that only they know."""
    comment = get_object_or_404(
        Comment.objects.select_related("page"), status_token_digest=token_digest(token)
    )
    page = comment.page.specific
    context = {
        "page": page,
        "comment": comment,
        # An erased person's words are gone; those of a page that its author may not read stay with the page.
        "may_read_page": ConversationPermissionTester(page, request.user).can_read(),
        "again_url": reverse("send_confirmation_again", args=[token]),
        "has_asked_again": request.GET.get("asked") == "again",
        **form_links(request),
    }
    return unlisted(render(request, "dialogue/status.html", context))


@require_safe
def comment_permalink(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead to where a comment stands now; the address survives moves of the page."""
    comment = get_visible_comment(request, public_id)
    with override(comment.page.locale.language_code):
        return redirect(address_in_thread(comment))


@never_cache
@require_safe
def reply_to_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one comment and the form to reply to it."""
    comment = get_visible_comment(request, public_id)
    page = comment.page.specific
    state = page.commenting_state
    form = CommentForm(initial={"parent": comment.public_id}, page=page, viewer=request.user)
    context = {
        "page": page,
        "comment": comment,
        "form": form if state.is_open else None,
        "closed_sentence": str(state.sentence),
        "audience": audience_of(page),
        **form_links(request),
    }
    return render(request, "dialogue/reply.html", context)


@require_safe
def show_thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one thread with all its replies, a page at a time."""
    root = get_object_or_404(
        Comment.objects.shown().on_pages_visible_to(request.user).select_related("page__locale"),
        public_id=public_id,
        depth=0,
    )
    page = root.page.specific
    thread, later = load_thread(root, request.user, request.GET.get("from", ""))
    state: CommentingState = page.commenting_state
    conversation = {
        "is_open": state.is_open,
        "later_url": f"{request.path}?from={later}" if later else None,
        "earlier_url": request.path if request.GET.get("from") else None,
    }
    context = {"page": page, "thread": thread, "conversation": conversation, "audience": audience_of(page)}
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
    page = Page.objects.filter(pk=page_id).select_related("locale").first()
    page = page.specific if page else None
    if (
        not isinstance(page, ConversationPage)
        or not ConversationPermissionTester(page, request.user).can_read()
    ):
        raise Http404
    return page


def get_visible_comment(request: HttpRequest, public_id: str) -> Comment:
    """Return the comment, or raise `Http404`, for a missing one and for one that is not theirs alike."""
    comments = Comment.objects.visible_to(request.user).select_related("page__locale", "root")
    return get_object_or_404(comments, public_id=public_id)


def address_after_posting(comment: Comment) -> str:
    """Return the comment's place in the conversation or, while it waits, the page of its state."""
    if comment.is_published:
        return comment.get_absolute_url()
    return reverse("comment_status", args=[status_token(comment.idempotency_key)])


def answer_with_address(request: HttpRequest, address: str) -> HttpResponse:
    """Lead there: by a redirect or, for our script, which would lose the fragment on the way, by its name."""
    if is_from_script(request):
        return JsonResponse({"url": address}, status=CREATED)
    return SeeOther(address)


def is_from_script(request: HttpRequest) -> bool:
    """Whether `js/comment-form.js` sent the form."""
    return request.headers.get("X-Requested-With") == "comment-form"


def form_links(request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the rules and the privacy notice in the reader's language, or empty ones."""
    conversation_settings = ConversationSettings.for_request(request)
    pages = {"rules_url": conversation_settings.rules_page, "privacy_url": conversation_settings.privacy_page}
    return {name: (page.localized.get_url(request) or "") if page else "" for name, page in pages.items()}


def render_preview(
    request: HttpRequest,
    page: ConversationPage,
    form: CommentForm,
    *,
    status: int,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Render the preview, or the form alone with what has to be mended and the text still there."""
    ticket = issue_ticket(page.pk)
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "comment": form.as_preview() if form.is_valid() else None,
        "parent": form.parent_comment,
        "ticket_key": ticket.key,
        "ticket_time": ticket.time,
        "viewer": request.user,
        "audience": audience_of(page),
        **form_links(request),
    }
    if is_from_script(request):
        status = 200  # our script reads the form that comes back; a browser's console is for faults
    response = render(request, "dialogue/preview.html", context, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response
