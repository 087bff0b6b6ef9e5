"""Telling that others may read what somebody said from now on, or no longer."""

from collections.abc import Iterable

from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from portal.visibility import Change, visibility_changed


def tell_of_comments(comments: Iterable[Comment]) -> frozenset[int]:
    """Tell that these comments change, which are locked; return the pages that quote one of them.

    `lock_comment` does so for one. An act on many that shows, hides or changes them tells of all of them at
    once, before the first is changed: whoever holds the edition goes on to the figures of their pages.
    """
    comments = list(comments)
    keys = frozenset(comment.pk for comment in comments)
    quoting = FeaturedComment.objects.filter(comment_id__in=keys).values_list("page_id", flat=True)
    change = Change(
        comments=keys,
        conversations=frozenset(comment.page_id for comment in comments),
        quoted_in=frozenset(quoting),
    )
    visibility_changed(change)
    return change.quoted_in


def tell_of_conversations(pages: Iterable[int]) -> None:
    """Tell that something is said under these pages which was not there before, and which no page quotes."""
    visibility_changed(Change(conversations=frozenset(pages)))
