"""What guests may ask of us about themselves, on their page: everything we keep, or that we forget them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dialogue.views.answers import UNPROCESSABLE, SeeOther, unlisted
from dialogue.views.owners import Owner, with_open_page
from people.devices import forget_token
from privacy.actions import erase_participant, export_person
from privacy.downloads import download
from privacy.forms import ErasureForm


@require_POST
@with_open_page
def download_own_page_data(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Hand a guest everything that is kept about them, as JSON or as CSV files in a zip."""
    return unlisted(download(export_person(owner.person), request.POST.get("format", "")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_own_data(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and do it once that is ticked. The second time says that it is done."""
    if ErasureForm.is_about_erased(request.POST):
        return SeeOther(reverse("show_erased"))
    return ask_before_erasing(request)


@with_open_page
def ask_before_erasing(request: HttpRequest, owner: Owner) -> HttpResponse:
    participant = owner.person
    form = ErasureForm(request.POST if request.method == "POST" else None, participant=participant)
    if form.is_valid():
        erase_participant(participant)
        response = SeeOther(reverse("show_erased"))
        forget_token(response)
        return response
    context = {"participant": participant, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return unlisted(render(request, "dialogue/erase.html", context, status=status))
