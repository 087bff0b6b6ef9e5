"""What is done with accounts, their sessions and second steps, and the browsers of guests."""

from people.actions.accounts import invite_person
from people.actions.devices import leave_page, open_page, revoke_device, trust_device
from people.actions.factors import reset_factors
from people.actions.names import renew_name_shapes
from people.actions.sessions import begin_session, end_session, end_sessions

__all__ = [
    "begin_session",
    "end_session",
    "end_sessions",
    "invite_person",
    "leave_page",
    "open_page",
    "renew_name_shapes",
    "reset_factors",
    "revoke_device",
    "trust_device",
]
