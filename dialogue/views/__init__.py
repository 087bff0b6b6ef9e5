"""Views of the conversation: preview, send, confirm, follow the state, read a thread, find a comment."""

from dialogue.views.as_reader import DraftAsReaderView
from dialogue.views.confirmations import confirm_comments, send_confirmation_again
from dialogue.views.conversation import (
    comment_permalink,
    comment_status,
    feature_in_new_article,
    form_links,
    reply_to_comment,
    show_thread,
)
from dialogue.views.features import feature_in_chosen_page, find_page_for_comment
from dialogue.views.follows import (
    confirm_by_owner,
    follow_page,
    follow_thread,
    stop_follow,
)
from dialogue.views.history import comment_history
from dialogue.views.news import conversation_news
from dialogue.views.own_choices import choose_own_consents, choose_own_mail
from dialogue.views.own_comments import (
    agree_to_own_quotation,
    confirm_own_comment,
    edit_own_comment,
    own_history,
    take_back_own_quotation,
    withdraw_own_comment,
)
from dialogue.views.page_acts import InviteAuthorView, RemoveFromDraftView
from dialogue.views.page_quotations import ActOnQuotationView, PageQuotationsView
from dialogue.views.personal import (
    ask_for_personal_page,
    leave_personal_page,
    open_personal_page,
    personal_page,
    revoke_own_device,
)
from dialogue.views.posting import create_comment, issue_posting_ticket, preview_comment
from dialogue.views.privacy import download_own_page_data, erase_own_data
from dialogue.views.quotations import answer_by_link, answer_own_quotation

__all__ = [
    "ActOnQuotationView",
    "DraftAsReaderView",
    "InviteAuthorView",
    "PageQuotationsView",
    "RemoveFromDraftView",
    "agree_to_own_quotation",
    "answer_by_link",
    "answer_own_quotation",
    "ask_for_personal_page",
    "choose_own_consents",
    "choose_own_mail",
    "comment_history",
    "comment_permalink",
    "comment_status",
    "confirm_by_owner",
    "confirm_comments",
    "confirm_own_comment",
    "conversation_news",
    "create_comment",
    "download_own_page_data",
    "edit_own_comment",
    "erase_own_data",
    "feature_in_chosen_page",
    "feature_in_new_article",
    "find_page_for_comment",
    "follow_page",
    "follow_thread",
    "form_links",
    "issue_posting_ticket",
    "leave_personal_page",
    "open_personal_page",
    "own_history",
    "personal_page",
    "preview_comment",
    "reply_to_comment",
    "revoke_own_device",
    "send_confirmation_again",
    "show_thread",
    "stop_follow",
    "take_back_own_quotation",
    "withdraw_own_comment",
]
