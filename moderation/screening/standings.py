"""How somebody stands with screening: what was published and refused of theirs, and what measures hold."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dialogue.models import Comment, CommentStatus
from people.models import Participant

WINDOW = timedelta(days=90)  # what was said before is forgiven
REFUSED = (CommentStatus.REJECTED, CommentStatus.HIDDEN)


@dataclass(frozen=True)
class Standing:
    """What was decided on one person: `refused` were not published, or taken away; `measures` hold now."""

    has_been_published: bool = False
    refused: int = 0
    measures: tuple[Any, ...] = ()  # of `moderation.models.Measure`, which stands on this module


def standing_of(comment: Comment) -> Standing:
    """Return how the author of `comment` stands, that comment left aside where it was refused.

    One query; one more for the measures where there are any.
    """
    theirs = Comment.objects.filter(participant=OuterRef("pk"))
    measures = _measures_on(comment.participant)
    lately = theirs.filter(status__in=REFUSED, submitted_at__gt=timezone.now() - WINDOW).exclude(
        pk=comment.pk
    )
    # Grouped by the participant, whom all share, so that it counts; an order would become part of the group.
    refused = lately.order_by().values("participant").annotate(number=Count("pk")).values("number")
    found = Participant.objects.filter(pk=comment.participant_id).values_list(
        Exists(theirs.published()), Coalesce(Subquery(refused), 0), Exists(measures)
    )
    has_been_published, number, has_measures = found.get()
    holding = measures.holding_under(comment.page) if has_measures else ()
    return Standing(has_been_published, number, tuple(holding))


def _measures_on(participant: Participant) -> Any:
    # The models stand on this module: theirs is looked up when it is needed.
    return apps.get_model("moderation.Measure").objects.in_force().lasting().on(participant)
