"""The tabs of the desk: what waits, what was decided, and what the moderator decided."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dialogue.models import CommentStatus
from moderation.views.filters import ALL, APPEALED_LABEL, CHANGED, CHANGED_LABEL, FLAGGED_LABEL
from moderation.views.waiting import APPEALED, FLAGGED, LIST_COMMENTS, waiting_for

DECIDED = (
    CommentStatus.PUBLISHED,
    CommentStatus.REJECTED,
    CommentStatus.HIDDEN,
    CommentStatus.WITHDRAWN,
)
OWN = "own"  # beside the states of a comment, the moderator's own decisions
LABELS: dict[str, str | Promise] = {
    CommentStatus.HELD: CommentStatus.HELD.label,
    CHANGED: CHANGED_LABEL,
    FLAGGED: FLAGGED_LABEL,
    APPEALED: APPEALED_LABEL,
    **{status: status.label for status in DECIDED},
    ALL: _("all"),
}


@dataclass(frozen=True)
class Tab:
    """A link to one list of the desk, with how much waits there, where it is what waits."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False


def tabs_for(request: HttpRequest, current: str, url_of: Callable[[str], str] | None = None) -> list[Tab]:
    """Return the tabs; `url_of` says where the list of a status is, with what it is narrowed by."""
    waiting = waiting_for(request)
    counts = {
        CommentStatus.HELD: waiting.held,
        CHANGED: waiting.changed,
        FLAGGED: waiting.flagged,
        APPEALED: waiting.appealed + waiting.own_appealed,
    }
    url_of = url_of or (lambda status: f"{reverse(LIST_COMMENTS)}?status={status}")
    return [
        *(
            Tab(capfirst(str(label)), url_of(status), counts.get(status), status == current)
            for status, label in LABELS.items()
        ),
        Tab(
            str(_("My decisions")),
            reverse("moderation_comments:list_own_decisions"),
            is_current=current == OWN,
        ),
    ]
