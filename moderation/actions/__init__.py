"""The verbs of screening and moderation, and what readers do that moderators answer."""

from moderation.actions.appeals import OwnDecision, appeal_decision, decision_in_force
from moderation.actions.attention import (
    AlreadyClaimed,
    claim_comment,
    forget_attention,
    note_presence,
    release_comment,
)
from moderation.actions.conflicts import RESULT, DecisionConflict, Seen, conflict_sentence
from moderation.actions.decisions import (
    correct_language,
    decide_on_comments,
    hide_comment,
    hold_comment,
    keep_comment,
    publish_by_rule,
    publish_comment,
    reject_comment,
    restore_comment,
    uphold_decision,
)
from moderation.actions.edits import accept_edit, accept_edit_by_rule, hold_edit, refuse_edit
from moderation.actions.flags import (
    FlagAnswered,
    Notice,
    TooManyFlags,
    flag_comment,
    settle_flags,
)
from moderation.actions.imports import DecidedComment, ImportedDecision, import_comments
from moderation.actions.measures import Scope, lift_measure, take_measure
from moderation.actions.notes import take_back_note, write_note
from moderation.actions.notices import tell_moderators
from moderation.actions.pending import ACTS, Batch, carry_out_due, decide_later, take_back
from moderation.actions.reasons import Justification, ReasonRequired
from moderation.actions.screening import screen_comment, screen_edit
from moderation.actions.seals import find_faults, last_digest, seal_decisions
from moderation.actions.silences import Silenced, why_silenced
from moderation.actions.terms import RefusedLine, TermImport, import_terms

__all__ = [
    "ACTS",
    "RESULT",
    "AlreadyClaimed",
    "Batch",
    "DecidedComment",
    "DecisionConflict",
    "FlagAnswered",
    "ImportedDecision",
    "Justification",
    "Notice",
    "OwnDecision",
    "ReasonRequired",
    "RefusedLine",
    "Scope",
    "Seen",
    "Silenced",
    "TermImport",
    "TooManyFlags",
    "accept_edit",
    "accept_edit_by_rule",
    "appeal_decision",
    "carry_out_due",
    "claim_comment",
    "conflict_sentence",
    "correct_language",
    "decide_later",
    "decide_on_comments",
    "decision_in_force",
    "find_faults",
    "flag_comment",
    "forget_attention",
    "hide_comment",
    "hold_comment",
    "hold_edit",
    "import_comments",
    "import_terms",
    "keep_comment",
    "last_digest",
    "lift_measure",
    "note_presence",
    "publish_by_rule",
    "publish_comment",
    "refuse_edit",
    "reject_comment",
    "release_comment",
    "restore_comment",
    "screen_comment",
    "screen_edit",
    "seal_decisions",
    "settle_flags",
    "take_back",
    "take_back_note",
    "take_measure",
    "tell_moderators",
    "uphold_decision",
    "why_silenced",
    "write_note",
]
