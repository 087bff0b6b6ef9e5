"""From the form to the comment: preview, a ticket, send."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect, ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from dialogue.actions import (
    CommentRefused,
    KnownComment,
    Refusal,
    TooManyComments,
    post_comment,
    why_silenced,
)
from dialogue.forms import CommentForm, SendingForm, WordsForm, find_former_choices
from dialogue.markup import Words
from dialogue.models.comments import Comment
from dialogue.models.pages import ConversationPage
from dialogue.models.settings import ConversationSettings
from dialogue.origins import Origin
from dialogue.passages import write_contexts
from dialogue.tickets import Ticket, TicketExpired, TicketInvalid, is_too_fast, issue_ticket
from dialogue.views.answers import CREATED, TOO_MANY, UNPROCESSABLE, SeeOther, refuse_cross_site
from dialogue.views.conversation import (
    address_after_posting,
    address_of_change,
    form_links,
    get_conversation_page,
)
from dialogue.views.owners import find_owner
from portal.permissions import audience_of


@csrf_exempt  # it writes nothing, and the stored page that it is posted from carries no token
@never_cache
@require_POST
def preview_comment(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the comment as it will look. Writes nothing; refuses what another site sends."""
    refuse_cross_site(request)
    page = get_conversation_page(request, page_id)
    if request.headers.get("X-Requested-With") == "live-preview":
        return render_words(request)
    form = CommentForm(request.POST, page=page, viewer=request.user)
    ticket = read_ticket(request, page)
    closed = why_closed(request, page, form)
    if closed:
        form.add_error(None, closed)
    status = 200 if form.is_valid() else UNPROCESSABLE
    return render_preview(request, page, form, status=status, ticket=ticket, closed=closed)


def why_closed(request: HttpRequest, page: ConversationPage, form: CommentForm) -> str:
    """Return why nothing can be sent: by the page, or by whoever is known to send it; empty where it can."""
    if not page.commenting_state.is_open:
        return str(page.commenting_state.sentence)
    address = form.cleaned_data.get("email", "") if form.is_valid() else ""
    return why_silenced(request.user, Origin.of(request, address=address).guest, page)


@csrf_protect
@never_cache
@require_POST
def create_comment(request: HttpRequest, page_id: int) -> HttpResponse:
    """Store the comment once, and lead to it or to the page that shows its state."""
    page = get_conversation_page(request, page_id)
    form = SendingForm(request.POST, page=page, viewer=request.user)
    state = page.commenting_state
    closed = "" if state.is_open else str(state.sentence)
    status = UNPROCESSABLE
    headers = {}
    if form.is_valid():
        try:
            origin = Origin.of(request, address=form.cleaned_data.get("email", ""), signals=form.signals)
            submission = form.submission(form.ticket.key, origin)
            return answer_with_address(request, post_comment(page, submission))
        except TooManyComments as error:
            form.add_error(None, str(error))
            status, headers = TOO_MANY, {"Retry-After": str(error.retry_after)}
        except KnownComment as error:
            form.add_error(None, str(error))
            form.known = ways_to(request, error.comment)
        except CommentRefused as error:
            form.add_error(None, str(error))
            if error.code == Refusal.SILENCED:
                closed = str(error)
    return render_preview(request, page, form, status=status, headers=headers, closed=closed)


@never_cache
@require_safe
@ensure_csrf_cookie
def issue_posting_ticket(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hand a form that is about to be used, by script, what it needs to be sent in one step."""
    page = get_conversation_page(request, page_id)
    ticket = issue_ticket(page.pk)
    given = {"key": ticket.key, "time": ticket.time, "csrf": get_token(request)}
    return JsonResponse({**given, **recognise_writer(request, page)})


def recognise_writer(request: HttpRequest, page: ConversationPage) -> dict[str, object]:
    """Return who writes, as far as this browser is trusted for a guest, and what they chose before.

    And why they may not speak under `page` now, where that is so: the page is the same for every guest, and
    cannot say it.
    """
    owner = find_owner(request)
    if owner is None or owner.person.pk is None:
        return {}
    known: dict[str, object] = {}
    if owner.is_guest:
        known["writer"] = {"name": owner.person.name, "email": owner.person.email}
    if choices := find_former_choices(owner.person):
        known["choices"] = choices.as_fields
    if silence := why_silenced(request.user, owner.person if owner.is_guest else None, page):
        known["silence"] = silence
    return known


def answer_with_address(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Lead to the comment: by a redirect or, for our script, which would lose the fragment, by its name."""
    address = address_after_posting(comment)
    if comment.has_waiting_edit:  # where it is published, the former words stand
        address = address_of_change(request, comment) or address
    if is_from_script(request):
        return JsonResponse({"url": address, **way_to_change(request, comment)}, status=CREATED)
    return SeeOther(address)


def way_to_change(request: HttpRequest, comment: Comment) -> dict[str, object]:
    """Return for how long and where a guest may change what is published already: their browser keeps it.

    The page is the same for every guest and cannot say so; to somebody signed in it does.
    """
    minutes = ConversationSettings.for_request(request).edit_minutes
    if request.user.is_authenticated or not comment.is_published or not minutes:
        return {}
    until = comment.submitted_at + timedelta(minutes=minutes)
    url = reverse("edit_own_comment", args=[comment.public_id])
    return {"anchor": comment.anchor, "change_url": url, "change_until": int(until.timestamp() * 1000)}


def is_from_script(request: HttpRequest) -> bool:
    """Whether `js/comment-form.js` sent the form."""
    return request.headers.get("X-Requested-With") == "comment-form"


def read_ticket(request: HttpRequest, page: ConversationPage) -> Ticket | None:
    """Return the ticket that the form carries from one preview to the next, where it still holds.

    The same ticket under other words corrects what was sent with it, should that have arrived after all.
    """
    ticket = Ticket(request.POST.get("ticket_key", ""), request.POST.get("ticket_time", ""))
    try:
        is_too_fast(page.pk, ticket)
    except (TicketExpired, TicketInvalid):
        return None
    return ticket


def ways_to(request: HttpRequest, comment: Comment) -> dict[str, str]:
    """Return where the author sees a comment that is there already, and where they change it, if they may."""
    return {"url": address_after_posting(comment), "change_url": address_of_change(request, comment)}


def render_words(request: HttpRequest) -> HttpResponse:
    """Return the words alone, as they will look, while somebody writes; nothing where they will not do."""
    form = WordsForm(request.POST)
    return HttpResponse(Words.of(form.cleaned_data["text"]).html if form.is_valid() else "")


def render_preview(
    request: HttpRequest,
    page: ConversationPage,
    form: CommentForm,
    *,
    status: int,
    headers: dict[str, str] | None = None,
    ticket: Ticket | None = None,
    closed: str = "",
) -> HttpResponse:
    """Render the preview, or the form alone with what has to be mended and the text still there.

    Where nothing can be sent, `closed` says why, and the text is there to be taken along.
    """
    ticket = ticket or issue_ticket(page.pk)
    comment = form.as_preview() if form.is_valid() else None
    if comment is not None:
        parent = form.parent_comment
        # `None` is the key of what is not stored yet.
        write_contexts([comment], {None: parent.author_name if parent else ""})
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "comment": comment,
        "closed_sentence": closed,
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
    # What somebody signed in reads is stored nowhere, for it may be internal.
    response.may_be_shown_again = request.user.is_anonymous  # type: ignore[attr-defined]  # our mark on it
    for name, value in (headers or {}).items():
        response[name] = value
    return response
