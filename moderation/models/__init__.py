"""What moderation keeps."""

from moderation.models.appeals import Appeal
from moderation.models.decisions import REASON_TEXT_MAX_LENGTH, VERBS_FOR, Decision, Rule, Verb
from moderation.models.flags import FLAG_TEXT_MAX_LENGTH, LIGHT, WEIGHT, Flag, FlagReason, FlagState
from moderation.models.notices import WaitingNotice
from moderation.models.pending import PendingDecision, without_pending
from moderation.models.reasons import Reason
from moderation.models.seals import DecisionSeal
from moderation.models.settings import ModerationSettings
from moderation.models.terms import TERM_MAX_LENGTH, ScreeningTerm, TermKind, known_already
from moderation.models.traces import ScreeningTrace

__all__ = [
    "FLAG_TEXT_MAX_LENGTH",
    "LIGHT",
    "REASON_TEXT_MAX_LENGTH",
    "TERM_MAX_LENGTH",
    "VERBS_FOR",
    "WEIGHT",
    "Appeal",
    "Decision",
    "DecisionSeal",
    "Flag",
    "FlagReason",
    "FlagState",
    "ModerationSettings",
    "PendingDecision",
    "Reason",
    "Rule",
    "ScreeningTerm",
    "ScreeningTrace",
    "TermKind",
    "Verb",
    "WaitingNotice",
    "known_already",
    "without_pending",
]
