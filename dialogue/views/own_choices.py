"""What somebody chooses on their page for all that they say: of what we write, and what they agree to."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from dialogue.forms import ConsentForm
from dialogue.views.answers import UNPROCESSABLE, SeeOther
from dialogue.views.owners import Owner, with_whole_page
from dialogue.views.personal import render_page
from mail.forms import MailForm


@require_POST
@with_whole_page
def choose_own_mail(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Keep of what somebody wishes to be told, and how often."""
    form = MailForm(request.POST, participant=owner.person)
    if not form.is_valid():
        return render_page(request, owner, mail_form=form, status=UNPROCESSABLE)
    form.save(owner.as_participant, owner.place)
    return SeeOther(reverse("personal_page") + "?saved=mail#mail")


@require_POST
@with_whole_page
def choose_own_consents(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Keep what somebody agrees to for whatever they say."""
    form = ConsentForm(request.POST, participant=owner.person)
    if not form.is_valid():
        return render_page(request, owner, consent_form=form, status=UNPROCESSABLE)
    form.save(owner.as_participant(), owner.place)
    return SeeOther(reverse("personal_page") + "?saved=consents#consents")
