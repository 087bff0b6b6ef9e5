"""What moderation keeps."""

from moderation.models.decisions import REASON_TEXT_MAX_LENGTH, Decision, Reason, Rule, Signal, Verb
from moderation.models.flags import FLAG_TEXT_MAX_LENGTH, Flag, FlagReason, FlagState
from moderation.models.notices import WaitingNotice

__all__ = [
    "FLAG_TEXT_MAX_LENGTH",
    "REASON_TEXT_MAX_LENGTH",
    "Decision",
    "Flag",
    "FlagReason",
    "FlagState",
    "Reason",
    "Rule",
    "Signal",
    "Verb",
    "WaitingNotice",
]
