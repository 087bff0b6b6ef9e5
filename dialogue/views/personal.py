"""The page of a guest: what they said, and what they can do about it. A mailed link opens it for a while.

Asking for the link gets the same answer, from the same work, whether or not an address is known. Whoever only
looks gets no cookie, so these forms carry no token until the page is open.
"""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue.actions import confirm_comments
from dialogue.mail import PERSONAL
from dialogue.models.comments import Comment
from dialogue.views.answers import TOO_MANY, UNPROCESSABLE, SeeOther, View, refuse_cross_site, unlisted
from dialogue.views.authors import (
    GUEST,
    answer_edit,
    edit_minutes,
    list_own_comments,
    tester_of,
    withdraw,
)
from dialogue.views.confirmations import render_closed_link
from dialogue.views.conversation import address_after_posting, form_links
from dialogue.views.follows import follows_of
from people.actions import (
    TooManyRequests,
    ask_for_mail,
    find_link,
    leave_page,
    open_page_by_link,
    revoke_device,
)
from people.devices import forget_token, keep_token, name_device, read_device
from people.forms import AddressForm, GuestMailForm
from people.models import Device, LinkPurpose
from people.networks import network_digest


def with_open_page(view: View) -> View:
    """Call the view with the device in which the page is open; lead anybody else to where it is asked for."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        device = read_device(request)
        if device is None or not device.has_open_page:
            return SeeOther(reverse("personal_page"))
        return view(request, device, *args, **kwargs)

    return never_cache(csrf_protect(answer))


def with_vouching_browser(view: View) -> View:
    """Call the view with the device and the guest's own comment, if the page is open or it is recent.

    Whoever has just sent a comment from this browser mends it from here, without a message. What is older is
    theirs on their page alone: a browser may be shared.
    """

    @wraps(view)
    def answer(request: HttpRequest, public_id: str) -> HttpResponse:
        device = read_device(request)
        if device is not None and device.has_open_page:
            return view(request, device, get_own_comment(device, public_id))
        comment = find_recent_comment(request, device, public_id) if device is not None else None
        return view(request, device, comment) if comment else SeeOther(reverse("personal_page"))

    return never_cache(csrf_protect(answer))


@never_cache
@require_safe
def personal_page(request: HttpRequest) -> HttpResponse:
    """Show a guest their page where it is open, and to anybody else the form that asks for the link."""
    device = read_device(request)
    if device is None or not device.has_open_page:
        return render_question(request, AddressForm())
    return render_page(request, device, GuestMailForm(participant=device.participant))


@csrf_exempt
@never_cache
@require_POST
def ask_for_personal_page(request: HttpRequest) -> HttpResponse:
    """Note that a link is asked for; who asks learns nothing from the answer."""
    refuse_cross_site(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render_question(request, form, status=UNPROCESSABLE)
    try:
        ask_for_mail(PERSONAL, form.cleaned_data["email"], network=network_digest(request))
    except TooManyRequests as error:
        response = render_question(request, form, status=TOO_MANY, is_too_often=True)
        response["Retry-After"] = str(error.retry_after)
        return response
    return SeeOther(reverse("personal_page") + "?asked=link")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_personal_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button behind a mailed link, and open the page by it. Looking changes nothing."""
    link = find_link(token, LinkPurpose.PERSONAL)
    if link is None:
        return render_closed_link(request)
    if request.method != "POST":
        return unlisted(render(request, "dialogue/open_personal_page.html", form_links(request)))
    refuse_cross_site(request)
    opened = open_page_by_link(link, former=read_device(request), **name_device(request))
    if opened is None:
        return render_closed_link(request)
    response = SeeOther(reverse("personal_page"))
    _device, cookie = opened
    if cookie:
        keep_token(response, cookie)
    return response


@require_POST
@with_open_page
def leave_personal_page(request: HttpRequest, device: Device) -> HttpResponse:
    """Close the page in this browser."""
    leave_page(device)
    return SeeOther(reverse("personal_page") + "?left=yes")


@require_POST
@with_open_page
def revoke_own_device(request: HttpRequest, device: Device, pk: int) -> HttpResponse:
    """Let one of one's browsers vouch no more; for this one, the page closes with it."""
    revoked = get_object_or_404(device.participant.devices.all(), pk=pk)
    revoke_device(revoked, by=device.participant)
    response = SeeOther(reverse("personal_page") + "#devices")
    if revoked.pk == device.pk:
        forget_token(response)
    return response


@require_POST
@with_open_page
def confirm_own_comment(request: HttpRequest, device: Device, public_id: str) -> HttpResponse:
    """Confirm a comment that waits for it: whoever has the page open has shown that the address is theirs."""
    comment = get_own_comment(device, public_id)
    confirm_comments(device.participant, [comment])
    return SeeOther(GUEST.address_of(comment))


@require_POST
@with_vouching_browser
def withdraw_own_comment(request: HttpRequest, device: Device, comment: Comment) -> HttpResponse:
    """Take one's own words back. The second time, or where it is too late, nothing changes."""
    withdraw(GUEST, comment, device.participant)
    return SeeOther(place_of(device, comment))


@require_http_methods(["GET", "HEAD", "POST"])
@with_vouching_browser
def edit_own_comment(request: HttpRequest, device: Device, comment: Comment) -> HttpResponse:
    """Change one's own words while there is time; where it is too late, the text stays."""
    return answer_edit(request, GUEST, comment, device.participant, back=place_of(device, comment))


@require_POST
@with_open_page
def choose_own_mail(request: HttpRequest, device: Device) -> HttpResponse:
    """Keep of what the guest wishes to be told, and how often."""
    form = GuestMailForm(request.POST, participant=device.participant)
    if not form.is_valid():
        return render_page(request, device, form, status=UNPROCESSABLE)
    form.save()
    return SeeOther(reverse("personal_page") + "?saved=mail#mail")


def get_own_comment(device: Device, public_id: str) -> Comment:
    """Return the comment, or raise `Http404`: for a missing one and for one of somebody else alike."""
    return get_object_or_404(Comment, participant=device.participant_id, public_id=public_id)


def find_recent_comment(request: HttpRequest, device: Device, public_id: str) -> Comment | None:
    """Return a comment that the guest of this browser sent a short while ago, or None."""
    comment = Comment.objects.filter(participant=device.participant_id, public_id=public_id).first()
    is_recent = comment is not None and tester_of(request, comment, device.participant).is_recent()
    return comment if is_recent else None


def place_of(device: Device, comment: Comment) -> str:
    """Return where the guest came from: their open page, or the comment itself."""
    if device.has_open_page or not comment.idempotency_key:
        return GUEST.address_of(comment)
    return address_after_posting(comment)


def render_question(
    request: HttpRequest, form: AddressForm, *, status: int = 200, is_too_often: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "is_too_often": is_too_often,
        "has_asked": request.GET.get("asked") == "link",
        "has_left": request.GET.get("left") == "yes",
        **form_links(request),
    }
    return unlisted(render(request, "dialogue/ask_for_personal_page.html", context, status=status))


def render_page(
    request: HttpRequest, device: Device, mail_form: GuestMailForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "participant": device.participant,
        "device": device,
        "devices": device.participant.devices.valid(),
        "page_obj": list_own_comments(request, GUEST, device.participant),
        "follows": follows_of(device.participant),
        "mail_form": mail_form,
        "edit_minutes": edit_minutes(request),
        "has_saved_mail": request.GET.get("saved") == "mail",
        **form_links(request),
    }
    return unlisted(render(request, "dialogue/personal_page.html", context, status=status))
