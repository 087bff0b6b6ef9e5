"""How allauth behaves here."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.networks import client_address, client_network
from people.provider.issuer import BY_PROVIDER, is_on
from portal.models import PortalSettings
from portal.sites import whole_address
from portal.wagtail_patches.sign_in_stages import clear_login

logger = logging.getLogger(__name__)

# Said by the page one lands on; a message would wait for the next screen that shows messages.
UNSAID = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; everybody is written to in their own language."""

    error_messages = DefaultAccountAdapter.error_messages | {
        f"{method}_password_mismatch": _("This name and this password do not go together. Please try again.")
        for method in ("email", "username")
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self, request: HttpRequest, user: User, *, signal_kwargs: dict[str, Any] | None, **kwargs: Any
    ) -> HttpResponse | None:
        """Let in whom the provider has authenticated, and by any other way nobody whom it could disable."""
        refusal = super().pre_login(request, user, signal_kwargs=signal_kwargs, **kwargs)
        if refusal or (signal_kwargs or {}).get(BY_PROVIDER):
            return refusal
        if user.signs_in_by_provider or not settings.LOCAL_SIGN_IN:
            clear_login(request)
            messages.error(request, _("This account is opened by the organisation’s sign-in alone."))
            return redirect("account_login")
        if is_on():
            logger.warning("User %s signs in without the identity provider", user.pk)
        return None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_preferences")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Limits count networks: who has one of IPv6 has more addresses than could be counted."""
        return client_network(request) or client_address(request)

    def is_safe_url(self, url: str) -> bool:
        """The way back after signing in leads to this very host, or nowhere."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        # The path alone: Allauth takes the host from the request, and messages lead to `PARLEY_BASE_URL`.
        return whole_address(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_invitation_mail(self, user: User, email: str, context: dict[str, Any]) -> bool:
        """Let somebody who has no password yet choose one; `context` holds `uid` and `key`.

        Returns whether the mail server took it: an administrator may know what a visitor may not.
        """
        with override(user.language):
            url = self.get_reset_password_from_key_url(f"{context['uid']}-{context['key']}")
            return self.send_mail("account/email/invitation", email, {**context, "password_reset_url": url})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> bool:
        """Write and send at once; a server that does not take it is a fault of ours, told in the log alone.

        Whoever asked is answered as always: another answer would say whose address has an account.
        Returns whether it was taken.
        """
        user = context.get("user")
        with override(user.language if user else get_language()):
            organisation = PortalSettings.for_request(self.request).name
            try:
                super().send_mail(template_prefix, email, {**context, "organisation": organisation})
            except OSError:  # what smtplib raises is one, too
                logger.exception("SMTP: %s was not sent to user %s", template_prefix, user and user.pk)
                return False
        return True
