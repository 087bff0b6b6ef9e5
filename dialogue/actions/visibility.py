"""Telling that others may read what somebody said from now on, or no longer."""

from collections.abc import Iterable

from django.db.models import Q

from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from portal.visibility import Change, visibility_changed


def tell_of_comments(comments: Iterable[Comment]) -> frozenset[int]:
    """Tell that these comments change, which are locked; return the pages that show one in a quotation.

    `lock_comment` does so for one. An act on many that shows, hides or changes them tells of all of them at
    once, before the first is changed: whoever holds the edition goes on to the figures of their pages.
    """
    comments = list(comments)
    keys = frozenset(comment.pk for comment in comments)
    quoting = FeaturedComment.objects.filter(Q(comment__in=keys) | Q(rejoinder__in=keys))
    change = Change(
        comments=keys,
        conversations=frozenset(comment.page_id for comment in comments),
        quoted_in=frozenset(quoting.values_list("page_id", flat=True)),
    )
    visibility_changed(change)
    return change.quoted_in


def tell_of_new(comments: Iterable[Comment]) -> None:
    """Tell that these comments have just been stored, by the act that goes on: no page quotes them yet."""
    comments = list(comments)
    change = Change(
        comments=frozenset(comment.pk for comment in comments),
        conversations=frozenset(comment.page_id for comment in comments),
    )
    visibility_changed(change)
