"""How somebody stands with screening: what of theirs was published, and what was refused lately."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dialogue.models import Comment, CommentStatus
from people.models import Participant

WINDOW = timedelta(days=90)  # what was said before is forgiven
REFUSED = (CommentStatus.REJECTED, CommentStatus.HIDDEN)


@dataclass(frozen=True)
class Standing:
    """What was decided on the words of one person: `refused` were not published, or taken away."""

    has_been_published: bool = False
    refused: int = 0


def standing_of(comment: Comment) -> Standing:
    """Return how the author of `comment` stands, that comment left aside where it was refused: one query."""
    theirs = Comment.objects.filter(participant=OuterRef("pk"))
    lately = theirs.filter(status__in=REFUSED, submitted_at__gt=timezone.now() - WINDOW).exclude(
        pk=comment.pk
    )
    # Grouped by the participant, whom all share, so that it counts; an order would become part of the group.
    refused = lately.order_by().values("participant").annotate(number=Count("pk")).values("number")
    found = Participant.objects.filter(pk=comment.participant_id).values_list(
        Exists(theirs.published()), Coalesce(Subquery(refused), 0)
    )
    return Standing(*found.get())
