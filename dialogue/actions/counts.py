"""Counting published comments: below each comment, and for each page."""

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.conversations import Conversation


def recount(page: Page) -> Conversation:
    """Count the published comments of `page` anew, and those below each of its comments."""
    with transaction.atomic():
        rows = list(
            Comment.objects.filter(page=page).only(
                "pk", "root_id", "parent_id", "path", "status", "reply_count"
            )
        )
        published = [row for row in rows if row.is_published]
        below: dict[int, int] = {}
        by_place = {(row.root_id, row.path): row.pk for row in rows}
        for row in published:
            above = {by_place.get((row.root_id, path)) for path in row.ancestor_paths}
            for pk in above | {row.root_id, row.parent_id}:
                if pk is not None:
                    below[pk] = below.get(pk, 0) + 1
        for row in rows:
            row.reply_count = below.get(row.pk, 0)
        Comment.objects.bulk_update(rows, ["reply_count"], batch_size=500)
        last = Comment.objects.filter(page=page).published().order_by("-submitted_at").first()
        conversation, _created = Conversation.objects.update_or_create(
            page=page,
            defaults={
                "comment_count": len(published),
                "last_comment_at": last.submitted_at if last else None,
            },
        )
    return conversation


def add_to_counts(comment: Comment, difference: int) -> None:
    """Add `difference` to the counts above `comment` and to its page's."""
    if not difference:
        return
    if comment.root_id:
        above = Q(pk=comment.root_id) | Q(pk=comment.parent_id)
        above |= Q(root_id=comment.root_id, path__in=comment.ancestor_paths)
        Comment.objects.filter(above).update(reply_count=F("reply_count") + difference)
    conversation, _created = Conversation.objects.get_or_create(page_id=comment.page_id)
    Conversation.objects.filter(pk=conversation.pk).update(
        comment_count=F("comment_count") + difference,
        last_comment_at=Greatest(Coalesce("last_comment_at", comment.submitted_at), comment.submitted_at),
    )
