"""What is done with what is kept about people: agreed to, exported, erased, and removed in time."""

from privacy.actions.consents import follow_mail_choice, has_consented, last_consent, record_consent
from privacy.actions.erasures import (
    ErasureReason,
    ErasureRefused,
    erase_participant,
    is_erased,
    replay_erasures,
)
from privacy.actions.exports import as_csv, as_json, export_person, find_person
from privacy.actions.retention import apply_retention

__all__ = [
    "ErasureReason",
    "ErasureRefused",
    "apply_retention",
    "as_csv",
    "as_json",
    "erase_participant",
    "export_person",
    "find_person",
    "follow_mail_choice",
    "has_consented",
    "is_erased",
    "last_consent",
    "record_consent",
    "replay_erasures",
]
