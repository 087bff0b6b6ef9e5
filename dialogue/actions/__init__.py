"""The verbs of the conversation. Nothing else writes a comment's status, its place or its counts.

Every verb refuses, returns quietly if it was already done, and changes everything in one transaction.
A higher app that screens comments registers on the hook `screen_comment` (`screen_comment(comment)`); with
nobody registered a comment is held. Changes to published comments go to the hook `screen_edit`
(`screen_edit(comment, revision)`); with nobody registered they wait. Both may refuse whoever speaks; why they
would, screens ask on the hook `why_silenced`.
"""

from dialogue.actions.agreements import answer_quotation, cross_quotation, take_back_one_quotation
from dialogue.actions.confirmations import ask_to_confirm, confirm_by_link, confirm_comments, note_device
from dialogue.actions.counts import REPLIES_SHOWN, find_differences, recount
from dialogue.actions.edits import MAX_VERSIONS, accept_edit, edit_comment, refuse_edit
from dialogue.actions.events import AUTHOR, RULE, Doer
from dialogue.actions.follows import (
    answer_follow_request,
    confirm_follows,
    follow_conversation,
    followers_of,
    mute_conversation,
    tell_followers,
    unfollow_conversation,
    unmute_conversation,
)
from dialogue.actions.fragments import renew_fragments, renew_versions
from dialogue.actions.imported import (
    Imported,
    ImportedAct,
    ImportedComment,
    ImportedConsent,
    ImportRefused,
)
from dialogue.actions.imports import import_comments
from dialogue.actions.invitations import INVITE_LOG, invite_author, refuse_where_nobody_replies
from dialogue.actions.languages import correct_language
from dialogue.actions.limits import TooManyComments
from dialogue.actions.locks import lock_comment, lock_comments
from dialogue.actions.posts import draft_comment, post_comment, status_token, token_digest
from dialogue.actions.quotations import (
    agree_to_quotation,
    date_quotations,
    feature_comment,
    take_back_quotation,
)
from dialogue.actions.refusals import CommentRefused, KnownComment, Refusal
from dialogue.actions.rejoinders import place_rejoinder, rejoin_quotation
from dialogue.actions.removals import REMOVE_LOG, remove_from_draft
from dialogue.actions.repairs import find_consent_differences, rederive_consents
from dialogue.actions.repetitions import AlreadySaid
from dialogue.actions.requests import LONGEST_WAIT, ask_to_quote, remind_in_time, remind_of_request
from dialogue.actions.resends import FirstVersionArrived
from dialogue.actions.rules import REJOINDER_LENGTH, check_name, check_rejoinder, check_text
from dialogue.actions.screening import why_silenced
from dialogue.actions.statuses import (
    hide_comment,
    publish_comment,
    reject_comment,
    restore_comment,
    withdraw_comment,
)
from dialogue.actions.submissions import Submission, author_of
from dialogue.actions.visibility import tell_of_comments
from dialogue.actions.wordings import accept_new_wording, keep_wording, propose_wordings

__all__ = [
    "AUTHOR",
    "INVITE_LOG",
    "LONGEST_WAIT",
    "MAX_VERSIONS",
    "REJOINDER_LENGTH",
    "REMOVE_LOG",
    "REPLIES_SHOWN",
    "RULE",
    "AlreadySaid",
    "CommentRefused",
    "Doer",
    "FirstVersionArrived",
    "ImportRefused",
    "Imported",
    "ImportedAct",
    "ImportedComment",
    "ImportedConsent",
    "KnownComment",
    "Refusal",
    "Submission",
    "TooManyComments",
    "accept_edit",
    "accept_new_wording",
    "agree_to_quotation",
    "answer_follow_request",
    "answer_quotation",
    "ask_to_confirm",
    "ask_to_quote",
    "author_of",
    "check_name",
    "check_rejoinder",
    "check_text",
    "confirm_by_link",
    "confirm_comments",
    "confirm_follows",
    "correct_language",
    "cross_quotation",
    "date_quotations",
    "draft_comment",
    "edit_comment",
    "feature_comment",
    "find_consent_differences",
    "find_differences",
    "follow_conversation",
    "followers_of",
    "hide_comment",
    "import_comments",
    "invite_author",
    "keep_wording",
    "lock_comment",
    "lock_comments",
    "mute_conversation",
    "note_device",
    "place_rejoinder",
    "post_comment",
    "propose_wordings",
    "publish_comment",
    "recount",
    "rederive_consents",
    "refuse_edit",
    "refuse_where_nobody_replies",
    "reject_comment",
    "rejoin_quotation",
    "remind_in_time",
    "remind_of_request",
    "remove_from_draft",
    "renew_fragments",
    "renew_versions",
    "restore_comment",
    "status_token",
    "take_back_one_quotation",
    "take_back_quotation",
    "tell_followers",
    "tell_of_comments",
    "token_digest",
    "unfollow_conversation",
    "unmute_conversation",
    "why_silenced",
    "withdraw_comment",
]
