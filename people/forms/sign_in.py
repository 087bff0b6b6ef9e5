"""Forms of sign-in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, UserTokenForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Allauth's form, which keeps what was typed; it names the field as people would."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address or user name")
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["password"].help_text = ""  # the page links to the reset
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ActiveUserTokenForm(UserTokenForm):
    """A link that was sent before an account was disabled no longer works."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.reset_user.is_active or self.reset_user.signs_in_by_provider:
            self.reset_user = None
            raise get_adapter().validation_error("invalid_password_reset")
        return cleaned
