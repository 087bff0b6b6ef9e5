"""What goes on at the desk meanwhile: a small request tells where somebody looks, and asks of others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogue.models import Comment, CommentEvent, CommentStatus, EventKind
from moderation import actions
from moderation.forms import MAX_SELECTED, parse_seen
from moderation.models import Decision, Flag, PendingDecision, Verb, claims_on, present_at
from moderation.views.claims import claim_shown
from moderation.views.listing import CommentListView
from people.models import User
from portal.formats import write_number

MOST_COUNTED = 99  # new ones: of more, nobody asks how many
MINUTE, HOUR = 60, 3_600  # seconds
# What brings a comment to those that wait.
ARRIVALS = (EventKind.POSTED, EventKind.CONFIRMED, EventKind.EDIT_SENT)
# Whole sentences, so that each language keeps its own order of words.
DONE_BY = {
    Verb.PUBLISH: gettext_lazy("Published by %(who)s, %(age)s ago"),
    Verb.REJECT: gettext_lazy("Rejected by %(who)s, %(age)s ago"),
    Verb.HIDE: gettext_lazy("Hidden by %(who)s, %(age)s ago"),
    Verb.RESTORE: gettext_lazy("Restored by %(who)s, %(age)s ago"),
    Verb.ACCEPT: gettext_lazy("Change accepted by %(who)s, %(age)s ago"),
    Verb.REFUSE: gettext_lazy("Change refused by %(who)s, %(age)s ago"),
    Verb.KEEP: gettext_lazy("Kept by %(who)s, %(age)s ago"),
    Verb.UPHOLD: gettext_lazy("Appeal answered by %(who)s, %(age)s ago"),
}


@dataclass(frozen=True)
class Shown:
    """A card as a screen shows it: which comment, in what state, and taken on by whom."""

    public_id: str
    version: int
    status: str
    claimer: str  # the key of a user, or nothing

    @classmethod
    def read(cls, value: str) -> "Shown":
        """Read what the script says of a card; raises `BadRequest` where it says nothing sensible."""
        seen, _colon, claimer = value.rpartition(":")
        parsed = parse_seen(seen)
        if parsed is None:
            raise BadRequest("The cards cannot be read.")
        return cls(*parsed, claimer)


class AttendView(CommentListView):
    """Note where somebody looks, and say who else is there and what was decided meanwhile.

    It tells of comments that the moderator may decide on, and of nothing else. In the address stands what
    the list is narrowed by, so that what is new in it can be counted.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        cards = request.POST.getlist("card")
        if len(cards) > MAX_SELECTED:
            raise BadRequest("There are too many cards.")
        shown = {one.public_id: one for one in map(Shown.read, cards)}
        comments = list(self.get_comments().filter(public_id__in=shown).select_related("page"))
        looked_at = request.POST.get("looks", "")
        for comment in comments:
            if comment.public_id == looked_at:
                actions.note_presence(comment, by=self.moderator)
        return JsonResponse(
            {
                "cards": self.tell_of(comments, shown),
                "fresh": self.tell_of_new(shown) if request.POST.get("list") else "",
            }
        )

    @property
    def since(self) -> datetime:
        """When the screen was made, as it says; now, where it says nothing sensible."""
        try:
            made_at = parse_datetime(self.request.POST.get("since", ""))
        except ValueError:
            made_at = None
        return made_at if made_at and timezone.is_aware(made_at) else timezone.now()

    def tell_of(self, comments: list[Comment], shown: dict[str, Shown]) -> dict[str, dict[str, str]]:
        """Return, of each comment, who looks at it, what was done with it, and a new claim."""
        present = present_at(comments, but=self.moderator)
        claims, done = claims_on(comments), done_since(comments, self.since, but=self.moderator)
        told = {}
        for comment in comments:
            one, claim = shown[comment.public_id], claims.get(comment.pk)
            card = {
                "looking": looking_sentence(present.get(comment.pk, [])),
                "done": done.get(comment.pk) or changed_sentence(comment, one),
            }
            if one.claimer != (str(claim.by_id) if claim else ""):
                card["claim"] = claim_shown(self.request, comment, claim)
            told[comment.public_id] = card
        return told

    def tell_of_new(self, shown: Collection[str]) -> str:
        """Say how many there are that this list would show by now, and did not when it was made."""
        if not self.is_queue:
            return ""
        events = CommentEvent.objects.filter(comment=OuterRef("pk"), kind__in=ARRIVALS)
        flags = Flag.objects.open().filter(comment=OuterRef("pk"), flagged_at__gt=self.since)
        arrived = Exists(events.filter(happened_at__gt=self.since)) | Exists(flags)
        found = self.get_queryset().exclude(public_id__in=shown).filter(arrived).order_by()
        count = found[: MOST_COUNTED + 1].count()
        if not count:
            return ""
        number = write_number(MOST_COUNTED) + "+" if count > MOST_COUNTED else write_number(count)
        return ngettext("View %(number)s new", "View %(number)s new", count) % {"number": number}


def done_since(comments: Collection[Comment], since: datetime, *, but: User) -> dict[int, str]:
    """Say what others than `but` have decided on each comment since, or are about to: who, and when."""
    told = {}
    decided = Decision.objects.filter(comment__in=comments, by__isnull=False, decided_at__gt=since)
    decided = decided.exclude(by=but).exclude(verb=Verb.LANGUAGE).select_related("by")
    for decision in decided.order_by("decided_at", "pk"):
        told[decision.comment_id] = done_sentence(decision.verb, decision.decider, decision.decided_at)
    pending = PendingDecision.objects.open().filter(comment__in=comments).exclude(by=but)
    for row in pending.select_related("by"):
        told[row.comment_id] = done_sentence(row.verb, row.by.display_name, row.made_at)
    return told


def done_sentence(verb: str, who: str, moment: datetime) -> str:
    return str(DONE_BY[Verb(verb)]) % {"who": who, "age": age_of(moment)}


def age_of(moment: datetime) -> str:
    """Return how long ago it was, shortly: 5 s, 3 min, 2 h."""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds < MINUTE:
        return _("%(number)s s") % {"number": seconds}
    if seconds < HOUR:
        return _("%(number)s min") % {"number": seconds // MINUTE}
    return _("%(number)s h") % {"number": seconds // HOUR}


def changed_sentence(comment: Comment, one: Shown) -> str:
    """Say what its author has done with it, where it is not as it is shown."""
    if comment.status == CommentStatus.WITHDRAWN != one.status:
        return _("Its author has withdrawn it.")
    if (one.version, one.status) != (comment.version, comment.status):
        return _("It has changed meanwhile. Look at it again.")
    return ""


def looking_sentence(people: list[User]) -> str:
    """Say who else has it before their eyes."""
    if not people:
        return ""
    names = ", ".join(user.display_name for user in people)
    told = ngettext("%(names)s is looking at this", "%(names)s are looking at this", len(people))
    return told % {"names": names}
