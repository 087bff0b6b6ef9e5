"""Keeping what a comment says as a version of it."""

from datetime import datetime
from typing import Any

from dialogue.markup import Words
from dialogue.models.comments import Comment, CommentRevision


def keep_version(comment: Comment, words: Words, **more: Any) -> CommentRevision:
    """Store a version of `comment` (`version_of`)."""
    revision = version_of(comment, words, **more)
    revision.save(force_insert=True)
    return revision


def version_of(
    comment: Comment,
    words: Words,
    *,
    version: int,
    language: str,
    may_quote: bool,
    at: datetime,
    is_accepted: bool,
) -> CommentRevision:
    """Return a version of `comment`, sent at that time; one that `is_accepted` needs nobody to decide on it.

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
    return revision


def tick(version: CommentRevision) -> None:
    """Let a version that is not stored yet say that its author agreed to be quoted with it."""
    version.may_quote = True
