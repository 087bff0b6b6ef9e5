"""The verbs of the conversation. Nothing else writes a comment's status, its place or its counts.

Every verb refuses, returns quietly if it was already done, and changes everything in one transaction.
A higher app that screens comments registers on the hook `screen_comment` (`screen_comment(comment)`); with
nobody registered a comment is held.
"""

from dialogue.actions.confirmations import ask_to_confirm, confirm_by_link, confirm_comments
from dialogue.actions.counts import recount
from dialogue.actions.edits import edit_comment
from dialogue.actions.limits import NETWORK_LIMITS, PERSON_LIMITS, TooManyComments
from dialogue.actions.posts import (
    Submission,
    author_of,
    draft_comment,
    post_comment,
    status_token,
    token_digest,
)
from dialogue.actions.quotations import feature_comment, take_back_quotation
from dialogue.actions.refusals import CommentRefused
from dialogue.actions.statuses import (
    hide_comment,
    lock_comment,
    publish_comment,
    reject_comment,
    restore_comment,
    withdraw_comment,
)

__all__ = [
    "NETWORK_LIMITS",
    "PERSON_LIMITS",
    "CommentRefused",
    "Submission",
    "TooManyComments",
    "ask_to_confirm",
    "author_of",
    "confirm_by_link",
    "confirm_comments",
    "draft_comment",
    "edit_comment",
    "feature_comment",
    "hide_comment",
    "lock_comment",
    "post_comment",
    "publish_comment",
    "recount",
    "reject_comment",
    "restore_comment",
    "status_token",
    "take_back_quotation",
    "token_digest",
    "withdraw_comment",
]
