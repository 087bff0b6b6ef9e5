"""Making anew what readers see of comments, after the way it is made has changed."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from dialogue.actions.locks import lock_comments
from dialogue.actions.visibility import tell_of_comments
from dialogue.fragments import FRAGMENT_FIELDS, FRAGMENT_VERSION, write_fragment
from dialogue.markup import RENDERER_VERSION, Words
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.words import MADE_OF_TEXT
from dialogue.querysets import PUBLISHED

BATCH = 500
# Nothing is made of words that are gone, so nothing made of them can be stale.
BEHIND = ~Q(text="") & ~Q(renderer_version=RENDERER_VERSION)


def renew_fragments(*, batch: int = BATCH, is_all: bool = False) -> Iterator[int]:
    """Make anew what is stored of comments: their rendered words, and the fragments of those published.

    What is missing or of another version is made; yields how many. Each batch is a transaction of its own:
    a run that was cut off is taken up by the next. `is_all` makes what is of this version too, for
    when our own words in them were translated anew.
    """
    behind = Comment.objects.all()
    if not is_all:
        is_fresh = Q(status=PUBLISHED, fragment_version=FRAGMENT_VERSION)
        behind = behind.filter(BEHIND | ~(is_fresh | (~Q(status=PUBLISHED) & Q(fragment=""))))
    last = 0
    # By key, not by what is left over: with `is_all` nothing ever leaves the set.
    while keys := list(behind.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            tell_of_comments(lock_comments(Comment.objects.filter(pk__in=keys)))
            # Read under the lock: words that somebody changes or erases meanwhile do not come back.
            comments = list(Comment.objects.filter(pk__in=keys))
            for comment in comments:
                comment.words = Words.of(comment.text)
                write_fragment(comment)
            Comment.objects.bulk_update(comments, (*MADE_OF_TEXT, *FRAGMENT_FIELDS), batch_size=batch)
        yield len(comments)
        last = keys[-1]


def renew_versions(*, batch: int = BATCH) -> Iterator[int]:
    """Render anew the versions of comments that another renderer has rendered; yield how many.

    The comments of each batch are locked before it is read: words that are erased meanwhile do not come back.
    """
    behind = CommentRevision.objects.filter(BEHIND).order_by("pk")
    last = 0
    while keys := list(behind.filter(pk__gt=last).values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            tell_of_comments(lock_comments(Comment.objects.filter(revisions__in=keys)))
            versions = list(behind.filter(pk__in=keys))
            for version in versions:
                version.words = Words.of(version.text)
            CommentRevision.objects.bulk_update(versions, MADE_OF_TEXT, batch_size=batch)
        yield len(versions)
        last = keys[-1]
