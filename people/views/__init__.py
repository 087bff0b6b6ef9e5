"""One's own account, one module for each noun, and the sign-in of the admin, which leads to ours."""

from people.views.accounts import AdminSignInView, edit_preferences, not_found
from people.views.factors import add_passkey, list_factors, remove_passkey
from people.views.sessions import end_other_sessions, end_session, list_sessions, tell_session
from people.views.sign_in import set_password, sign_in

__all__ = [
    "AdminSignInView",
    "add_passkey",
    "edit_preferences",
    "end_other_sessions",
    "end_session",
    "list_factors",
    "list_sessions",
    "not_found",
    "remove_passkey",
    "set_password",
    "sign_in",
    "tell_session",
]
