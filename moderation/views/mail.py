"""Sending a message again that was given up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mail.actions import resend_mail
from mail.models import OutgoingMail


@require_POST
def send_mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a message that was given up back into the outbox, and say so."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if resend_mail(mail, by=request.user):
        messages.success(request, _("The message waits to be sent again."))
    else:
        messages.info(request, _("This message was not given up: there is nothing to send again."))
    return redirect("moderation_mail_modeladmin_inspect", mail.pk)
