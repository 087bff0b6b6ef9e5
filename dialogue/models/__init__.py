"""Models of the conversation, one module for each noun."""

from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.conversations import Conversation
from dialogue.models.dialogues import DialogueIndexPage, DialoguePage, InternalDialogueIndexPage
from dialogue.models.events import CommentEvent, EventKind, EventRole
from dialogue.models.featured import FeaturedComment
from dialogue.models.follows import Follow, FollowNotice, FollowSubject
from dialogue.models.invitations import ReplyInvitation
from dialogue.models.pages import ConversationPage, ConversationSection
from dialogue.models.settings import (
    CommentPolicy,
    ConversationOrder,
    ConversationSettings,
    HistoryReaders,
)
from dialogue.models.statuses import CommentStatus

__all__ = [
    "Comment",
    "CommentEvent",
    "CommentPolicy",
    "CommentRevision",
    "CommentStatus",
    "Conversation",
    "ConversationOrder",
    "ConversationPage",
    "ConversationSection",
    "ConversationSettings",
    "DialogueIndexPage",
    "DialoguePage",
    "EventKind",
    "EventRole",
    "FeaturedComment",
    "Follow",
    "FollowNotice",
    "FollowSubject",
    "HistoryReaders",
    "InternalDialogueIndexPage",
    "ReplyInvitation",
]
