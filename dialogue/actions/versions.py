"""Keeping what a comment says as a version of it."""

from datetime import datetime

from dialogue.markup import Words
from dialogue.models.comments import Comment, CommentRevision


def keep_version(
    comment: Comment,
    words: Words,
    *,
    version: int,
    language: str,
    may_quote: bool,
    at: datetime,
    is_accepted: bool,
) -> CommentRevision:
    """Store a version of `comment`, sent at that time; one that `is_accepted` needs nobody to decide on it.

    `may_quote` is what was ticked beside the words. Of words that wait, it counts when they are accepted.
    """
    revision = CommentRevision(
        comment=comment,
        version=version,
        words_language=language,
        may_quote=may_quote,
        submitted_at=at,
        accepted_at=at if is_accepted else None,
    )
    revision.words = words
    revision.save()
    return revision
