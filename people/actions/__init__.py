"""What is done with accounts, and what people are told."""

from people.actions.accounts import invite_person
from people.actions.bounces import read_bounce, suppress_address
from people.actions.consents import has_consented, last_consent, record_consent
from people.actions.delivery import Tally, process_mail
from people.actions.devices import leave_page, open_page, open_page_by_link, revoke_device, trust_device
from people.actions.factors import reset_factors
from people.actions.links import find_link, make_link, use_link
from people.actions.mail import (
    choose_mail,
    find_stop,
    frequency_of,
    queue_mail,
    queue_mail_for_many,
    resend_mail,
    stop_mail,
)
from people.actions.names import renew_name_shapes
from people.actions.privacy import (
    ErasureReason,
    ErasureRefused,
    as_csv,
    as_json,
    erase_participant,
    export_person,
    find_person,
    is_erased,
    replay_erasures,
)
from people.actions.provider import (
    Vouching,
    account_of,
    ask_again,
    follow_groups,
    keep_tokens,
    vouch_by_assertion,
    vouch_for,
)
from people.actions.requests import TooManyRequests, answer_requests, ask_for_mail
from people.actions.retention import apply_retention
from people.actions.sessions import begin_session, end_session, end_sessions

__all__ = [
    "ErasureReason",
    "ErasureRefused",
    "Tally",
    "TooManyRequests",
    "Vouching",
    "account_of",
    "answer_requests",
    "apply_retention",
    "as_csv",
    "as_json",
    "ask_again",
    "ask_for_mail",
    "begin_session",
    "choose_mail",
    "end_session",
    "end_sessions",
    "erase_participant",
    "export_person",
    "find_link",
    "find_person",
    "find_stop",
    "follow_groups",
    "frequency_of",
    "has_consented",
    "invite_person",
    "is_erased",
    "keep_tokens",
    "last_consent",
    "leave_page",
    "make_link",
    "open_page",
    "open_page_by_link",
    "process_mail",
    "queue_mail",
    "queue_mail_for_many",
    "read_bounce",
    "record_consent",
    "renew_name_shapes",
    "replay_erasures",
    "resend_mail",
    "reset_factors",
    "revoke_device",
    "stop_mail",
    "suppress_address",
    "trust_device",
    "use_link",
    "vouch_by_assertion",
    "vouch_for",
]
