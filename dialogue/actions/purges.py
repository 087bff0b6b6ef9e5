"""Purging the pages on which a comment may be seen."""

from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from portal.page_store import purge_pages


def purge_comment(comment: Comment) -> None:
    """Purge the page of `comment`, the pages that quote it, and what lists conversations."""
    quoting = FeaturedComment.objects.filter(comment=comment).values_list("page_id", flat=True)
    purge_pages({comment.page_id, *quoting})
