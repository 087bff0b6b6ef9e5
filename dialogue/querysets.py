"""Which comments: adjectives that follow one another."""

from django.db import models
from django.db.models import Q

from portal.permissions import Viewer, closed_doors

PUBLISHED = "published"
HELD = "held"
UNVERIFIED = "unverified"
MAX_WORDS = 8  # more tell a person's search no better
TOMBSTONE_STATUSES = ("hidden", "withdrawn", "erased")


class CommentQuerySet(models.QuerySet):
    """Comments, by what is asked of them."""

    def published(self) -> "CommentQuerySet":
        return self.filter(status=PUBLISHED)

    def held(self) -> "CommentQuerySet":
        return self.filter(status=HELD)

    def unverified(self) -> "CommentQuerySet":
        """What waits until its author has confirmed the address: no moderator is asked before."""
        return self.filter(status=UNVERIFIED)

    def roots(self) -> "CommentQuerySet":
        return self.filter(depth=0)

    def for_organisation(self) -> "CommentQuerySet":
        return self.filter(side="organisation")

    def shown(self) -> "CommentQuerySet":
        """What stands in a thread: published comments, and tombstones that published replies hang on."""
        return self.filter(Q(status=PUBLISHED) | Q(status__in=TOMBSTONE_STATUSES, reply_count__gt=0))

    def mentioning(self, words: str) -> "CommentQuerySet":
        """Comments in whose text, author's name or page's title every one of `words` stands."""
        comments = self
        for word in words.split()[:MAX_WORDS]:
            comments = comments.filter(
                Q(text__icontains=word) | Q(author_name__icontains=word) | Q(page__title__icontains=word)
            )
        return comments

    def on_pages_visible_to(self, viewer: Viewer) -> "CommentQuerySet":
        """Comments, in whatever state, under live pages that `viewer` may read."""
        comments = self
        for door in closed_doors(viewer):
            comments = comments.exclude(page__path__startswith=door.path)
        return comments.filter(page__live=True)

    def visible_to(self, viewer: Viewer) -> "CommentQuerySet":
        """What `viewer` may read. `dialogue.permissions.can_read_comment` says the same of one comment."""
        return self.published().on_pages_visible_to(viewer)
