"""One's own account, and the doors of the admin that lead to ours."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from people.actions import find_stop
from people.forms import PreferencesForm


class AdminSignInView(RedirectView):
    """The admin has no sign-in of its own: its address leads to ours, whatever is sent to it."""

    pattern_name = "account_login"
    query_string = True


def not_found(request: HttpRequest) -> HttpResponse:
    raise Http404


@never_cache
@login_required
def edit_preferences(request: HttpRequest) -> HttpResponse:
    """Let people see who they are here, and choose the language in which we write to them."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language):
            return redirect("account_preferences")
    return render(request, "account/preferences.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # the token is in the address, and doing it twice changes nothing (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop what a message says, for whoever got it: a page with one button, or one POST of a mail program.

    Looking changes nothing, for mail scanners follow every link. The answer to the POST is no redirect:
    mail programs do not follow them.
    """
    found = find_stop(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        found.stop()
    with override(found.participant.mail_language):
        context = {"topic": found.describe(), "is_stopped": request.method == "POST"}
        response = render(request, "mail/unsubscribe.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
