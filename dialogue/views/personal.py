"""The page of whoever speaks: what they said, and what they can do about it.

People with an account have theirs by being signed in. A guest's is opened by a mailed link for a while; a
trusted device shows a part of it. Asking for the link gets the same answer, from the same
work, whether or not an address is known. Whoever only looks gets no cookie, so a stranger's forms carry no
token.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialogue import links
from dialogue.forms import ConsentForm, OwnCommentsForm
from dialogue.mail import PERSONAL
from dialogue.models.settings import ConversationSettings
from dialogue.views.answers import TOO_MANY, UNPROCESSABLE, SeeOther, refuse_cross_site, unlisted
from dialogue.views.confirmations import render_closed_link
from dialogue.views.conversation import form_links
from dialogue.views.follows import list_follows
from dialogue.views.own_comments import COMMENTS_PER_PAGE, list_own_comments, list_requests
from dialogue.views.owners import Owner, edit_minutes, find_owner, with_open_page
from mail.actions import TooManyRequests, ask_for_mail, find_link, open_page_by_link
from mail.forms import MailForm
from people.actions import leave_page, revoke_device
from people.devices import forget_token, keep_token, name_device, read_device
from people.models import Device
from people.networks import network_digest
from privacy.forms import AddressForm
from privacy.models import Consent

HISTORY = 100  # of consents, the latest; the export holds them all


@never_cache
@require_safe
def personal_page(request: HttpRequest) -> HttpResponse:
    """Show people their page, as far as this browser may, and a stranger the form that asks for the link."""
    owner = find_owner(request)
    return render_question(request, AddressForm()) if owner is None else render_page(request, owner)


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_POST
def ask_for_personal_page(request: HttpRequest) -> HttpResponse:
    """Note that a link is asked for; who asks learns nothing from the answer.

    In a trusted device one may ask without naming the address.
    """
    refuse_cross_site(request)
    owner = find_owner(request) if "mine" in request.POST else None
    form = AddressForm({"email": owner.person.email} if owner and owner.is_guest else request.POST)
    if not form.is_valid():
        return render_question(request, form, status=UNPROCESSABLE)
    try:
        ask_for_mail(PERSONAL, form.cleaned_data["email"], network=network_digest(request))
    except TooManyRequests as error:
        render_again = render_page(request, owner, status=TOO_MANY, is_too_often=True) if owner else None
        response = render_again or render_question(request, form, status=TOO_MANY, is_too_often=True)
        response["Retry-After"] = str(error.retry_after)
        return response
    return SeeOther(reverse("personal_page") + "?asked=link")


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_personal_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button behind a mailed link, and open the page by it. Looking changes nothing.

    Whoever is signed in has the page of their account in this browser, and is told to sign out first.
    """
    if request.method == "POST":
        refuse_cross_site(request)
    link = find_link(token, links.PERSONAL)
    if link is None:
        return render_closed_link(request)
    if request.method != "POST" or request.user.is_authenticated:
        return unlisted(render(request, "dialogue/open_personal_page.html", form_links(request)))
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
def leave_personal_page(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Close the page in this browser, which is trusted for the address as before."""
    if owner.device is not None:
        leave_page(owner.device)
    return SeeOther(reverse("personal_page") + "?left=yes")


@never_cache
@csrf_protect
@require_POST
def revoke_own_device(request: HttpRequest, pk: int) -> HttpResponse:
    """Trust one of one's browsers no more; where it is this one, the page closes with it.

    In a browser without an open page one may let go of that browser and of no other.
    """
    owner = find_owner(request)
    if owner is None or owner.device is None:
        return SeeOther(reverse("personal_page"))
    devices = owner.person.devices.all()
    revoked = get_object_or_404(devices if owner.sees_all else devices.filter(pk=owner.device.pk), pk=pk)
    revoke_device(revoked, by=owner.person)
    response = SeeOther(reverse("personal_page") + "#devices")
    if revoked.pk == owner.device.pk:
        forget_token(response)
    return response


def list_devices(owner: Owner) -> list[Device]:
    """Return the trusted devices of a guest, each with whether it is this one; of an account none."""
    devices = list(owner.person.devices.valid()) if owner.is_guest else []
    for device in devices:
        device.is_here = device == owner.device
    return devices


def list_measures(owner: Owner) -> list[Any]:
    """Return what moderators decided about somebody and did not lift, latest first."""
    # `measures` is a relation of `moderation`, an app above: known here by its name alone.
    measures = owner.person.measures if owner.person.pk else None
    return list(measures.filter(lifted_at=None).select_related("section__locale")) if measures else []


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
    request: HttpRequest,
    owner: Owner,
    *,
    mail_form: MailForm | None = None,
    consent_form: ConsentForm | None = None,
    status: int = 200,
    is_too_often: bool = False,
) -> HttpResponse:
    """Render the page of `owner`; a form is given where it has to be mended."""
    filters = OwnCommentsForm(request.GET)
    # For its cleaned data: what cannot be understood narrows nothing, and the rest does.
    filters.is_valid()
    minutes = edit_minutes(request)
    context: dict[str, Any] = {
        "owner": owner,
        "filters": filters,
        "parameters": urlencode(filters.chosen),
        "page_obj": list_own_comments(owner, filters, minutes, request.GET.get("page")),
        "is_long": filters.chosen or filters.errors or owner.comments.count() > COMMENTS_PER_PAGE,
        "requests": [(own, owner.may_act_on(own.quotation.comment, minutes)) for own in list_requests(owner)],
        "edit_minutes": minutes,
        "is_too_often": is_too_often,
        "has_asked": request.GET.get("asked") == "link",
        "has_left": request.GET.get("left") == "yes",
        "saved": request.GET.get("saved", ""),
        "history_readers": ConversationSettings.for_request(request).history_readers,
        **form_links(request),
    }
    if owner.sees_all:
        context |= {
            "mail_form": mail_form or MailForm(participant=owner.person),
            "consent_form": consent_form or ConsentForm(participant=owner.person),
            "history": Consent.objects.filter(participant_id=owner.person.pk)[:HISTORY],
            "follows": list_follows(owner.person, request.GET.get("follows")),
            "devices": list_devices(owner),
            "measures": list_measures(owner),
        }
    return unlisted(render(request, "dialogue/personal_page.html", context, status=status))
