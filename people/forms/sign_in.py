"""Forms of sign-in."""

from typing import Any

from allauth.account.forms import LoginForm, UserTokenForm
from django.utils.translation import gettext_lazy as _

from people.models import (
    User,
)


class SignInForm(LoginForm):
    """Allauth's form, which keeps what was typed; it names the field as people would."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address or user name")
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["password"].help_text = ""  # the page links to the reset
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ActiveUserTokenForm(UserTokenForm):
    """A link that was sent before an account was disabled no longer works."""

    def _get_user(self, uidb36: str) -> User | None:
        user = super()._get_user(uidb36)
        return user if user and user.is_active and not user.signs_in_by_provider else None
