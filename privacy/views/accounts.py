"""What people with an account may ask of us about themselves, and the page that says it is done."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import Participant
from people.sessions import SignedInRequest
from privacy.actions import ErasureRefused, erase_participant, export_person
from privacy.downloads import download
from privacy.forms import ErasureForm

UNPROCESSABLE = 422


@never_cache
@login_required
@require_POST
def download_own_data(request: SignedInRequest) -> HttpResponse:
    """Hand people everything that is kept about them, as JSON or as CSV files in a zip."""
    return download(export_person(Participant.of(request.user)), request.POST.get("format", ""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_own_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, and do it once that is ticked. The second time says that it is done."""
    if ErasureForm.is_about_erased(request.POST):
        return redirect("show_erased")
    return ask_before_erasing(request)


@login_required
@reauthentication_required
def ask_before_erasing(request: SignedInRequest) -> HttpResponse:
    """Whoever finds an open browser does not erase its owner: the password is asked for first."""
    # Not `Participant.of`: whoever only looks is not made a participant.
    person = Participant.objects.filter(user=request.user).first() or Participant(user=request.user)
    form = ErasureForm(request.POST if request.method == "POST" else None, participant=person)
    if form.is_valid():
        try:
            erase_participant(Participant.of(request.user))
        except ErasureRefused as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            return redirect("show_erased")
    context = {"form": form, "participant": person}
    return render(
        request, "privacy/erase_own_account.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_safe
def show_erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done: the same to everybody, for nobody is known here any more."""
    response = render(request, "privacy/erased.html")
    response["X-Robots-Tag"] = "noindex"
    return response
