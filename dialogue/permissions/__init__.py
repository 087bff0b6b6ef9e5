"""Who may do what with a comment, in a conversation, and with a quotation.

One tester for each noun, a line for each condition.
"""

from dialogue.permissions.comments import (
    SPEAK_FOR_ORGANISATION,
    AuthorPermissionTester,
    CommentPermissionTester,
    ConversationPermissionTester,
    FollowPermissionTester,
    may_know_what_waits,
    sections_of_what_waits,
)
from dialogue.permissions.quotations import (
    FeaturedCommentPermissionTester,
    PageQuotationsPermissionTester,
    QuotationPermissionTester,
    Withheld,
    may_be_asked,
    who_may_be_asked,
)

__all__ = [
    "SPEAK_FOR_ORGANISATION",
    "AuthorPermissionTester",
    "CommentPermissionTester",
    "ConversationPermissionTester",
    "FeaturedCommentPermissionTester",
    "FollowPermissionTester",
    "PageQuotationsPermissionTester",
    "QuotationPermissionTester",
    "Withheld",
    "may_be_asked",
    "may_know_what_waits",
    "sections_of_what_waits",
    "who_may_be_asked",
]
