"""Where one is signed in: the list, and the ways out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people import actions
from people.factors import lacks_required_factor
from people.models import UserSession
from people.sessions import SignedInRequest


@require_safe
@never_cache
@login_required
def list_sessions(request: SignedInRequest) -> HttpResponse:
    """Show the browsers in which one is signed in, this one first."""
    sessions = UserSession.objects.open_of(request.user)
    context = {
        "current": request.user_session,
        "others": [session for session in sessions if session.pk != request.user_session.pk],
    }
    return render(request, "account/sessions.html", context)


@require_POST
@login_required
def end_session(request: SignedInRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions; this very one leads to the sign-in."""
    session = get_object_or_404(UserSession, pk=session_id, user=request.user)
    actions.end_session(session, by=request.user)
    messages.success(request, _("That browser is signed out."))
    return redirect("list_sessions")


@require_POST
@login_required
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    actions.end_sessions(request.user, by=request.user, keep=request.user_session)
    messages.success(request, _("Every other browser is signed out."))
    return redirect("list_sessions")


@require_safe
@never_cache
@login_required
def tell_session(request: SignedInRequest) -> HttpResponse:
    """Tell an open page of the admin, by script, who is signed in by now, with a token for its forms.

    Asking is a sign of life. Somebody who came here to sign in is told to go on in the tab in which they
    were writing.
    """
    user = request.user
    may_enter = user.has_perm("wagtailadmin.access_admin")
    may_enter = may_enter and not lacks_required_factor(user, request.user_session)
    if request.accepts("text/html"):
        return render(request, "people/signed_in_again.html") if may_enter else redirect("wagtailadmin_home")
    return JsonResponse(
        {"person": user.pk, "name": user.display_name, "may_enter": may_enter, "token": get_token(request)}
    )
