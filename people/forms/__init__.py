"""Forms of sign-in, of one's own account, and of the administrators' screens for people."""

from people.forms.administration import (
    EmployeeCreationForm,
    EmployeeEditForm,
    PortalGroupForm,
    limit_groups,
)
from people.forms.choices import (
    AddressForm,
    ConsentForm,
    ErasureForm,
    ErasureReasonForm,
    MailForm,
    PreferencesForm,
)
from people.forms.factors import (
    AppForm,
    CodeAgainForm,
    CodeForm,
    PasskeyAgainForm,
    PasskeyForm,
    PasskeySignInForm,
    PasskeyStepForm,
)
from people.forms.sign_in import ActiveUserTokenForm, AskForLinkForm, SignInForm

__all__ = [
    "ActiveUserTokenForm",
    "AddressForm",
    "AppForm",
    "AskForLinkForm",
    "CodeAgainForm",
    "CodeForm",
    "ConsentForm",
    "EmployeeCreationForm",
    "EmployeeEditForm",
    "ErasureForm",
    "ErasureReasonForm",
    "MailForm",
    "PasskeyAgainForm",
    "PasskeyForm",
    "PasskeySignInForm",
    "PasskeyStepForm",
    "PortalGroupForm",
    "PreferencesForm",
    "SignInForm",
    "limit_groups",
]
