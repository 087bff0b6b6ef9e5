"""One's own account, one module for each noun, and the doors of the admin that lead to ours."""

from people.views.accounts import AdminSignInView, edit_preferences, not_found, unsubscribe
from people.views.factors import add_passkey, list_factors, remove_passkey
from people.views.privacy import download_own_data, erase_own_account, show_erased
from people.views.provider import begin_provider_sign_in, end_provider_sign_in
from people.views.retention import show_retention
from people.views.saml import end_saml_sign_in, take_assertion
from people.views.sessions import end_other_sessions, end_session, list_sessions, tell_session
from people.views.sign_in import ask_for_password_link, set_password, sign_in

__all__ = [
    "AdminSignInView",
    "add_passkey",
    "ask_for_password_link",
    "begin_provider_sign_in",
    "download_own_data",
    "edit_preferences",
    "end_other_sessions",
    "end_provider_sign_in",
    "end_saml_sign_in",
    "end_session",
    "erase_own_account",
    "list_factors",
    "list_sessions",
    "not_found",
    "remove_passkey",
    "set_password",
    "show_erased",
    "show_retention",
    "sign_in",
    "take_assertion",
    "tell_session",
    "unsubscribe",
]
