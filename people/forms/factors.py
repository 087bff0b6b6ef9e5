"""Forms of the second step."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from people.factors import MFAAdapter, use_code


class OneCodeMixin:
    """One field for a code. Allauth checks it; here it is refused where it was used before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autocapitalize": "none"})

    def clean_code(self) -> str:
        code = super().clean_code()
        if not use_code(self.user, code):
            raise MFAAdapter().validation_error("incorrect_code")
        return code


class AppForm(OneCodeMixin, ActivateTOTPForm):
    """The first code of an app shows that it has understood."""


class CodeForm(OneCodeMixin, AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""


class CodeAgainForm(OneCodeMixin, ReauthenticateForm):
    """The same, before something that matters is changed."""


class PasskeyMixin:
    """Whatever stands in place of what a browser makes is refused like any wrong passkey.

    Allauth 65.21 reads some of it before it has looked whether it is there: look again with the next.
    """

    def refusing_nonsense(self, clean: Callable[[], Any]) -> Any:
        try:
            return clean()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise MFAAdapter().validation_error("incorrect_code") from error

    def clean_credential(self) -> Any:
        return self.refusing_nonsense(super().clean_credential)


class PasskeySignInForm(PasskeyMixin, LoginWebAuthnForm):
    """A passkey instead of name and password."""


class PasskeyStepForm(PasskeyMixin, AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""


class PasskeyAgainForm(PasskeyMixin, ReauthenticateWebAuthnForm):
    """A passkey before something that matters is changed."""


class PasskeyForm(PasskeyMixin, AddWebAuthnForm):
    """What the browser has made, and a name for it. It must have checked the person: it signs in alone."""

    # Allauth's box: here every passkey is one that signs in alone (`clean`).
    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("By which you will know it, for example “Blue key”.")
        self.fields["name"].validators.append(MaxLengthValidator(80))

    def clean_credential(self) -> dict[str, Any]:
        return self.cleaned_data["credential"]  # looked at in `clean`, with the rest

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return self.refusing_nonsense(super().clean)
