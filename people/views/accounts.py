"""One's own account, and the sign-in of the admin, which leads to ours."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

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
