"""Readers flag a comment. No account and no script is needed, and nobody but moderators learns who did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dialogue.models import Comment
from dialogue.origins import Origin
from dialogue.tickets import issue_ticket
from dialogue.views import form_links
from dialogue.views.answers import TOO_MANY, UNPROCESSABLE, SeeOther, unlisted, with_token_of_known
from dialogue.views.conversation import get_visible_comment
from moderation import actions
from moderation.actions import FlagAnswered, Notice, TooManyFlags
from moderation.flag_forms import FlagForm
from moderation.permissions import FlagPermissionTester
from people.devices import find_person
from people.models import Participant
from portal.permissions import audience_of

FORBIDDEN = 403


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_token_of_known
def flag_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let whoever reads a comment flag it. A stranger is answered alike the second time."""
    comment = get_visible_comment(request, public_id)
    person = find_person(request)
    if not FlagPermissionTester(comment, request.user, person).can_flag():
        return render_form(request, comment, None, status=FORBIDDEN if request.method == "POST" else 200)
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        subject=f"flag-{comment.pk}",
        is_known=person is not None,
    )
    if not form.is_valid():
        return render_form(request, comment, form, status=UNPROCESSABLE if form.errors else 200)
    try:
        actions.flag_comment(comment, notice_of(request, form, person))
    except TooManyFlags as error:
        form.add_error(None, str(error))
        response = render_form(request, comment, form, status=TOO_MANY)
        response["Retry-After"] = str(error.retry_after)
        return response
    except FlagAnswered as error:
        form.add_error(None, str(error))
        return render_form(request, comment, form, status=UNPROCESSABLE)
    return SeeOther(reverse("show_flag_sent", args=[comment.public_id]))


@never_cache
@require_safe
def show_flag_sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what happens next: the same to everybody, whatever has become of the comment meanwhile."""
    comment = Comment.objects.visible_to(request.user).filter(public_id=public_id).first()
    context = {"comment": comment, **form_links(request)}
    return unlisted(render(request, "moderation/flag_sent.html", context))


def notice_of(request: HttpRequest, form: FlagForm, person: Participant | None) -> Notice:
    """Return what was sent, and by whom."""
    # Whoever flags becomes a participant; whoever only looks at the form does not (`find_person`).
    if person is not None and person.pk is None:
        person = Participant.of(request.user)
    data = form.cleaned_data
    return Notice(
        reason_code=data["reason_code"],
        user=request.user,
        text=data["text"],
        law=data["law"],
        place=data["place"],
        concerns_children=data.get("concerns_children", False),
        is_in_good_faith=data["is_in_good_faith"],
        participant=person,
        name=data.get("name", ""),
        email=data.get("email", ""),
        wants_result=data["wants_result"],
        origin=Origin.of(request, signals=form.signals),
        key=data["ticket_key"],
    )


def render_form(
    request: HttpRequest, comment: Comment, form: FlagForm | None, *, status: int = 200
) -> HttpResponse:
    """Render the form with a new ticket; for one's own comment, what can be done with it instead."""
    ticket = issue_ticket(f"flag-{comment.pk}")
    context = {
        "comment": comment,
        "page": comment.page,
        "form": form,
        "is_known": form is not None and "email" not in form.fields,
        "ticket_key": ticket.key,
        "ticket_time": ticket.time,
        "audience": audience_of(comment.page),
        **form_links(request),
    }
    return unlisted(render(request, "moderation/flag.html", context, status=status))
