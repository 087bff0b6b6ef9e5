"""What stands against an act, in a sentence for whoever tried."""

from dialogue.models.comments import Comment


class CommentRefused(Exception):
    """The act cannot be done; the message says why, in the reader's language."""


class KnownComment(CommentRefused):
    """A `comment` of the same author stands in the way: whoever is told is led to it."""

    def __init__(self, message: str, comment: Comment) -> None:
        super().__init__(message)
        self.comment = comment
