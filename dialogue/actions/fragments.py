"""Making anew what readers see of comments, after the way it is made has changed."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from dialogue.fragments import FRAGMENT_FIELDS, FRAGMENT_VERSION, write_fragment
from dialogue.models.comments import Comment
from dialogue.querysets import PUBLISHED

BATCH = 500


def renew_fragments(*, batch: int = BATCH, is_all: bool = False) -> Iterator[int]:
    """Make the fragments of published comments that are missing or of another version; yield how many.

    Each batch is a transaction of its own: a run that was cut off is taken up by the next. `is_all` makes
    those of this version too, for when words of the house were translated anew.
    """
    behind = Comment.objects.all()
    if not is_all:
        fresh = Q(status=PUBLISHED, fragment_version=FRAGMENT_VERSION)
        behind = behind.exclude(fresh | (~Q(status=PUBLISHED) & Q(fragment="")))
    last = 0
    while keys := list(behind.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            comments = list(Comment.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys))
            for comment in comments:
                write_fragment(comment)
            Comment.objects.bulk_update(comments, FRAGMENT_FIELDS, batch_size=batch)
        yield len(comments)
        last = keys[-1]
