"""The sign-in page: name and password, or a passkey."""

from typing import Any

from allauth.account.views import LoginView

from people.forms import PasskeySignInForm


class SignInView(LoginView):
    """Allauth's, with every way to sign in on one page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "passkey_form": PasskeySignInForm()}


sign_in = SignInView.as_view()
