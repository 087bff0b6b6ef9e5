"""Forms of sign-in, of one's own account, and of the administrators' screens for people."""

from people.forms.administration import (
    EmployeeCreationForm,
    EmployeeEditForm,
    PortalGroupForm,
    limit_groups,
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
from people.forms.preferences import PreferencesForm
from people.forms.sign_in import ActiveUserTokenForm, SignInForm

__all__ = [
    "ActiveUserTokenForm",
    "AppForm",
    "CodeAgainForm",
    "CodeForm",
    "EmployeeCreationForm",
    "EmployeeEditForm",
    "PasskeyAgainForm",
    "PasskeyForm",
    "PasskeySignInForm",
    "PasskeyStepForm",
    "PortalGroupForm",
    "PreferencesForm",
    "SignInForm",
    "limit_groups",
]
