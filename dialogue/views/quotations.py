"""The person quoted answers for one quotation, and takes it back: by a mailed link, or from their page.

Looking changes nothing, for mail scanners follow every link.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue import consents, links
from dialogue.actions import CommentRefused
from dialogue.forms import AnswerForm, RejoinderForm
from dialogue.origins import Origin
from dialogue.own_quotations import OwnQuotation, find_own_one
from dialogue.views.answers import UNPROCESSABLE, SeeOther, refuse_cross_site, unlisted
from dialogue.views.confirmations import render_closed_link
from dialogue.views.conversation import form_links
from dialogue.views.owners import Owner, with_own_quotation
from mail.actions import find_link
from mail.models import ChoicePlace, MailLink
from people.models import Participant


@csrf_exempt  # the form has no token, so that looking sets no cookie: `refuse_cross_site` is asked instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whoever was asked what a mailed link is about, and take their answer.

    What was said among fewer people than the public is shown to whoever signs in, and by no link.
    """
    if request.method == "POST":
        refuse_cross_site(request)
    link = find_link(token, links.QUOTATION)
    if link is None:
        return render_closed_link(request)
    if is_of_another_account(request, link):
        return unlisted(render(request, "dialogue/link_of_another.html"))
    own = find_own_one(int(link.cause), link.participant)
    if own is None:
        return unlisted(render(request, "dialogue/answer_quotation.html", {"own": None}))
    if own.is_internal:
        return SeeOther(reverse("answer_own_quotation", args=[own.quotation.pk]))
    here = reverse("answer_quotation", args=[token])
    return answer(request, own, by=link.participant, place=ChoicePlace.MAIL, here=here)


@require_http_methods(["GET", "HEAD", "POST"])
@with_own_quotation
def answer_own_quotation(request: HttpRequest, owner: Owner, own: OwnQuotation) -> HttpResponse:
    """Show people one quotation of what they said, and take their answer."""
    here = reverse("answer_own_quotation", args=[own.quotation.pk])
    return answer(request, own, by=owner.person, place=owner.place, here=here, has_token=True)


def answer(
    request: HttpRequest,
    own: OwnQuotation,
    *,
    by: Participant,
    place: ChoicePlace,
    here: str,
    has_token: bool = False,
) -> HttpResponse:
    """Show where a quotation stands and what can be done about it; by a POST, do it, and show it then."""
    sent = request.POST if request.method == "POST" else None
    is_reply = sent is not None and sent.get("answer") == "reply"
    form = AnswerForm(None if is_reply else sent, own=own)
    reply_form = RejoinderForm(sent if is_reply else None)
    used = reply_form if is_reply else form
    if used.is_valid():
        try:
            if is_reply:
                reply_form.save(own, by, Origin.of(request))
            else:
                form.save(by, place)
            return SeeOther(f"{here}?done={request.POST['answer']}")
        except CommentRefused as refusal:
            used.add_error(None, str(refusal))
            own = find_own_one(own.quotation.pk, by) or own  # the page shows how it stands by now
    context = {
        "own": own,
        "form": form,
        "reply_form": reply_form,
        "has_token": has_token,
        "is_done": request.GET.get("done") in {"yes", "no"},
        "has_replied": request.GET.get("done") == "reply",
        "question": (consents.QUOTATION_FOR_PUBLIC if own.is_for_public else consents.QUOTATION).question,
        **form_links(request),
    }
    status = UNPROCESSABLE if used.errors else 200
    return unlisted(render(request, "dialogue/answer_quotation.html", context, status=status))


def is_of_another_account(request: HttpRequest, link: MailLink) -> bool:
    """Whether somebody is signed in here who is not the one with an account that the link was sent to."""
    user = link.participant.user_id
    return user is not None and request.user.is_authenticated and request.user.pk != user
