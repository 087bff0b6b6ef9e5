"""In which order what waits is looked at: what is riskiest and has waited longest first."""

from datetime import timedelta

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Least

from dialogue.models import Comment
from dialogue.querysets import CommentQuerySet
from moderation.models import WEIGHT, Decision, Flag, without_pending

# So much sooner for each point of risk: with 50, enough to be held, as if it had waited a day longer.
SOONER = timedelta(minutes=30)
MOST = 100


def in_order_of_work(comments: CommentQuerySet) -> CommentQuerySet:
    """Return `comments` with their `risk` (0 to 100), in the order in which to look at them.

    What is said to be illegal comes first. Risk is what screening noticed when it last looked, and each open
    flag by its weight. It moves a comment forward in time and never behind one that came long before, so that
    nothing waits for ever.
    """
    looked = Decision.objects.filter(comment=OuterRef("pk"), by=None).order_by("-decided_at", "-pk")
    noticed = Coalesce(Subquery(looked.values("risk")[:1]), 0)
    # A subquery each: grouping ten thousand comments with all their columns would take long.
    flags = Flag.objects.open().filter(comment=OuterRef("pk")).order_by().values("comment")
    flag_count = Coalesce(Subquery(flags.annotate(number=Count("pk")).values("number")), 0)
    flag_weight = Coalesce(Subquery(flags.annotate(sum=Sum("weight")).values("sum")), 0)
    # Policy: not by the word of somebody whose last flags were all wrong; they weigh what they weigh.
    illegal = Flag.objects.open().of_illegal().filter(comment=OuterRef("pk"), weight=WEIGHT)
    comments = comments.annotate(
        flag_count=flag_count,
        risk=Least(noticed + flag_weight, Value(MOST)),
        is_said_illegal=Exists(illegal),
    )
    sooner = ExpressionWrapper(F("risk") * Value(SOONER), DurationField())
    turn = ExpressionWrapper(F("submitted_at") - sooner, DateTimeField())
    return comments.annotate(turn=turn).order_by("-is_said_illegal", "turn", "pk")


def next_waiting(comments: CommentQuerySet, after: Comment) -> Comment | None:
    """Return what comes after this one in the queue, or else the first, or None: the held, then changes."""
    comments = without_pending(comments)
    place = in_order_of_work(Comment.objects.filter(pk=after.pk)).values_list("turn", flat=True).get()
    for waiting in (comments.held(), comments.changed()):
        queue = in_order_of_work(waiting.exclude(pk=after.pk))
        found = queue.filter(turn__gte=place).first() or queue.first()
        if found is not None:
            return found
    return None
