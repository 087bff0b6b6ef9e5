"""What is done with a person's account."""

from collections.abc import Callable

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.context import request_context
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from people.models import User


def invite_person(
    user: User, *, by: User, request: HttpRequest, when_not_sent: Callable[[], None] | None = None
) -> None:
    """Write to `user`, in their language, with a link that lets them choose a password.

    Asked again, it sends a new link; an earlier one works too until a password is chosen or it expires.
    It leaves after the commit, and is logged then; `when_not_sent` is called where no server took it.
    Raises `ValidationError` for a disabled account, which no link may open, and for somebody who signs in
    with the organisation's provider, and there alone.
    """
    if user.signs_in_by_provider:
        raise ValidationError(
            _("This person signs in with the organisation’s provider, and has no password.")
        )
    if not user.is_active:
        raise ValidationError(_("This account is disabled. Enable it before you send an invitation."))

    def send() -> None:
        if _send_invitation(user, request):
            log(instance=user, action="people.invite", user=by)
        elif when_not_sent:
            when_not_sent()

    # `robust`: the account is saved by then, and a fault here must not look as if it were not.
    transaction.on_commit(send, robust=True)


def _send_invitation(user: User, request: HttpRequest) -> bool:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    context = {
        "user": user,
        "username": user.username,
        "uid": user_pk_to_url_str(user),
        "key": token,
        "request": request,
    }
    with request_context(request):  # allauth builds the link for the request in hand
        return get_adapter(request).send_invitation_mail(user, user.email, context)
