"""What the author of a comment asked for beside it."""

from dialogue.models.comments import Comment
from people.actions import choose_mail
from people.models import MailFrequency, MailTopic


def keep_wish(comment: Comment) -> None:
    """Tell the author of replies from now on, where they ticked the box.

    For a guest only once they have shown that the address is theirs: anybody can type it.
    """
    if comment.wants_replies:
        choose_mail(comment.participant, MailTopic.REPLIES, MailFrequency.IMMEDIATE)
