"""What moderation keeps."""

from moderation.models.appeals import Appeal
from moderation.models.attention import Claim, Presence, claims_on, current_claims, present_at
from moderation.models.decisions import REASON_TEXT_MAX_LENGTH, VERBS_FOR, Decision, Rule, Verb
from moderation.models.flags import FLAG_TEXT_MAX_LENGTH, LIGHT, WEIGHT, Flag, FlagReason, FlagState
from moderation.models.learned import LearnedWord, Training
from moderation.models.measures import Measure, MeasureKind, Reach
from moderation.models.notes import NOTE_MAX_LENGTH, Note
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
    "NOTE_MAX_LENGTH",
    "REASON_TEXT_MAX_LENGTH",
    "TERM_MAX_LENGTH",
    "VERBS_FOR",
    "WEIGHT",
    "Appeal",
    "Claim",
    "Decision",
    "DecisionSeal",
    "Flag",
    "FlagReason",
    "FlagState",
    "LearnedWord",
    "Measure",
    "MeasureKind",
    "ModerationSettings",
    "Note",
    "PendingDecision",
    "Presence",
    "Reach",
    "Reason",
    "Rule",
    "ScreeningTerm",
    "ScreeningTrace",
    "TermKind",
    "Training",
    "Verb",
    "WaitingNotice",
    "claims_on",
    "current_claims",
    "known_already",
    "present_at",
    "without_pending",
]
