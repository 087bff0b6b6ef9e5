"""The verbs of screening and moderation, and what readers do that moderators answer."""

from moderation.actions.decisions import (
    DecisionConflict,
    ReasonRequired,
    Seen,
    accept_edit,
    accept_edit_by_rule,
    conflict_sentence,
    decide_on_comments,
    hide_comment,
    hold_comment,
    hold_edit,
    keep_comment,
    publish_by_rule,
    publish_comment,
    refuse_edit,
    reject_comment,
    restore_comment,
)
from moderation.actions.flags import (
    Notice,
    TooManyFlags,
    flag_comment,
    settle_flags,
)

__all__ = [
    "DecisionConflict",
    "Notice",
    "ReasonRequired",
    "Seen",
    "TooManyFlags",
    "accept_edit",
    "accept_edit_by_rule",
    "conflict_sentence",
    "decide_on_comments",
    "flag_comment",
    "hide_comment",
    "hold_comment",
    "hold_edit",
    "keep_comment",
    "publish_by_rule",
    "publish_comment",
    "refuse_edit",
    "reject_comment",
    "restore_comment",
    "settle_flags",
]
