"""What moderation keeps."""

from moderation.models.decisions import REASON_TEXT_MAX_LENGTH, Decision, Reason, Rule, Verb
from moderation.models.flags import FLAG_TEXT_MAX_LENGTH, Flag, FlagReason, FlagState
from moderation.models.notices import WaitingNotice
from moderation.models.seals import DecisionSeal
from moderation.models.terms import TERM_MAX_LENGTH, ScreeningTerm, TermKind
from moderation.models.traces import ScreeningTrace

__all__ = [
    "FLAG_TEXT_MAX_LENGTH",
    "REASON_TEXT_MAX_LENGTH",
    "TERM_MAX_LENGTH",
    "Decision",
    "DecisionSeal",
    "Flag",
    "FlagReason",
    "FlagState",
    "Reason",
    "Rule",
    "ScreeningTerm",
    "ScreeningTrace",
    "TermKind",
    "Verb",
    "WaitingNotice",
]
