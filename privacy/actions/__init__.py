"""What is done with what is kept about people: agreed to, exported, erased, and removed in time."""

from privacy.actions.consents import (
    consent_of,
    follow_mail_choice,
    has_consented,
    last_consent,
    record_consent,
    record_consents,
)
from privacy.actions.erasures import (
    ErasureReason,
    ErasureRefused,
    erase_participant,
    is_erased,
    replay_erasures,
)
from privacy.actions.exports import as_csv, as_json, export_person, find_people
from privacy.actions.names import NameRefused, correct_name, signed_names
from privacy.actions.retention import apply_retention

__all__ = [
    "ErasureReason",
    "ErasureRefused",
    "NameRefused",
    "apply_retention",
    "as_csv",
    "as_json",
    "consent_of",
    "correct_name",
    "erase_participant",
    "export_person",
    "find_people",
    "follow_mail_choice",
    "has_consented",
    "is_erased",
    "last_consent",
    "record_consent",
    "record_consents",
    "replay_erasures",
    "signed_names",
]
