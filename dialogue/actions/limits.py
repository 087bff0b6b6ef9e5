"""How much one person, or one network, may post."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.actions.refusals import CommentRefused
from dialogue.models.comments import Comment
from people.models import Participant
from portal.permissions import Viewer


class TooManyComments(CommentRefused):
    """This person or network has written too much of late; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _("You have sent many comments in a short time. Your text is kept here: try again later.")
        )
        self.retry_after = retry_after


@dataclass(frozen=True)
class Limit:
    """At most `count` comments in any `window`."""

    count: int
    window: timedelta


PERSON_LIMITS = (Limit(6, timedelta(minutes=10)), Limit(60, timedelta(days=1)))
NETWORK_LIMITS = (Limit(20, timedelta(minutes=10)), Limit(200, timedelta(days=1)))


def refuse_flood(user: Viewer, email: str, network: str, guest: Participant | None = None) -> None:
    """Raise `TooManyComments` past the limits of a person or a network. `guest` is who has `email`, if known.

    Counted in the table of comments itself: the limits hold over every process, with or without Redis.
    """
    now = timezone.now()
    if user.is_authenticated:
        person = Q(participant__user=user)
    elif guest is not None:
        person = Q(participant=guest.pk)
    else:
        person = Q(participant__user=None, participant__email=email)
    _refuse_more(person, PERSON_LIMITS, now)
    if network:
        _refuse_more(Q(network_digest=network), NETWORK_LIMITS, now)


def _refuse_more(who: Q, limits: tuple[Limit, ...], now: datetime) -> None:
    """Raise `TooManyComments` past any of `limits`: the latest comments, as many as one allows, tell."""
    longest, most = max(limit.window for limit in limits), max(limit.count for limit in limits)
    recent = Comment.objects.filter(who, submitted_at__gt=now - longest).order_by("-submitted_at")
    moments = list(recent.values_list("submitted_at", flat=True)[:most])
    for limit in limits:
        if sum(moment > now - limit.window for moment in moments) >= limit.count:
            raise TooManyComments(int(limit.window.total_seconds()))
