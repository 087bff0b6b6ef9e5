"""Locking comments: everybody in one order, so that no two wait for each other.

The order is that of their pages, of the roots of their threads, of their keys; a root comes before its
replies, whether it is to be changed or not. What an act locks beside comments (the edition, where one of them
is quoted; then figures of a page, quotations, versions, flags) it locks after those to which it belongs; a
participant who is locked as well, before all of them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from dialogue.actions.visibility import tell_of_comments, tell_of_new
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.models.words import LONG

# The third sorts a root before its replies, whatever their keys are: only a root has no `root_id`.
ORDER = ("page_id", Coalesce("root_id", "pk"), F("root_id").asc(nulls_first=True), "pk")
# Locks are `FOR NO KEY UPDATE`: what merely refers to a comment by its key (a reply, a version) can be
# written meanwhile. SQLite has no locks of rows; there a transaction that may write is the only one
# (`transaction_mode` of `portal.settings.env`).


def lock_comment(comment: Comment) -> Comment:
    """Return `comment` as it stands now, locked until the transaction ends.

    The root of its thread is locked first, and a reply may be written meanwhile to a comment that is locked
    here. Whoever locks one is about to change it: that is told, here and nowhere else, and where it stands
    now is what its next event begins with.
    """
    # A row that this transaction has inserted: there is nobody to lock it against.
    if comment.is_new:
        comment.status_when_locked = comment.status
        comment.quoted_in = frozenset()
        tell_of_new([comment])
        return comment
    current = _lock(comment)
    current.status_when_locked = current.status
    current.quoted_in = tell_of_comments([current])
    return current


def lock_comments(comments: Iterable[Comment]) -> list[Comment]:
    """Lock several comments until the transaction ends, and return them in the order in which to change them.

    An act that changes more than one in a transaction begins with this, and goes on in this order: the pages
    of which it changes the figures come in turn as well. What others may read by it, or no longer, it tells
    next (`tell_of_comments`). They are returned as they were given (of a query, without their words), but for
    those that are gone; `lock_comment` says how each stands now.
    """
    # A query is read here for its keys alone; what it then stands at, `lock_comment` reads under the lock.
    if isinstance(comments, QuerySet):
        comments = comments.only("page", "root")
    given = {comment.pk: comment for comment in comments}
    keys = given.keys() | {comment.root_id for comment in given.values() if comment.root_id}
    wanted = Comment.objects.filter(pk__in=keys).order_by(*ORDER)
    locked = wanted.select_for_update(no_key=True).values_list("pk", flat=True)
    return [given[pk] for pk in locked if pk in given]


@contextmanager
def locked_quotation(quotation: FeaturedComment) -> Iterator[FeaturedComment]:
    """Give `quotation` as it stands now, its comment locked while the transaction lasts: none of it changes.

    What stands on a page, and is noticed of it, is written meanwhile: save what the act changes, and no more.
    `quotation` itself then stands as the act has left it.
    """
    with transaction.atomic():
        comment = lock_comment(quotation.comment)
        current = FeaturedComment.objects.select_related("page__locale", "revision").get(pk=quotation.pk)
        current.comment = comment
        yield current
    quotation.refresh_from_db()


def lock_root(comment: Comment) -> Comment:
    """Return the root of a comment's thread as it stands now, without its words, locked as the others are.

    Whoever changes only places and figures in a thread needs no more, and has nothing to tell.
    """
    locked = Comment.objects.select_for_update(no_key=True)
    return locked.defer(*LONG, "fragment").get(pk=comment.root_id or comment.pk)


def _lock(comment: Comment) -> Comment:
    root = lock_root(comment) if comment.root_id else None
    current = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if root is not None:
        current.root = root  # as it stands now, for whoever counts
    return current
