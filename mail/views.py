"""A link asked for by an address, and the link that stops messages."""

from http import HTTPStatus

from allauth.account.views import PasswordResetView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mail.actions import TooManyRequests, find_stop
from mail.forms import AskForLinkForm
from portal.views.faults import render_fault


class AskForLinkView(PasswordResetView):
    """Allauth's; a network that asks too often is told when it may ask again."""

    def form_valid(self, form: AskForLinkForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except TooManyRequests as error:
            return render_fault(self.request, HTTPStatus.TOO_MANY_REQUESTS, retry_after=error.retry_after)


ask_for_password_link = AskForLinkView.as_view()


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
