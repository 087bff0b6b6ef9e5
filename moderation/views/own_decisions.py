"""What a moderator decided, latest first: whether it still holds, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from dialogue.models import Comment, CommentStatus
from moderation.actions import RESULT
from moderation.models import Decision, PendingDecision, Verb
from moderation.querysets import DecisionQuerySet
from moderation.views.access import ModeratorRequired
from moderation.views.choices import Choice, choices_for
from moderation.views.tabs import OWN, tabs_for
from moderation.views.waiting import LIST_COMMENTS

ON_A_PAGE = 25
MOST_DIGITS = 18  # of a key in the address: of more, some are larger than a column holds


@dataclass
class OwnDecision:
    """One decision, with what has become of it."""

    decision: Decision
    since: Decision | None = None  # the decision that leads elsewhere, where somebody took one
    pending: PendingDecision | None = None  # what was just decided on the comment
    is_latest: bool = False  # of those on the screen about this comment: it alone has the forms

    @property
    def comment(self) -> Comment:
        return self.decision.comment

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author has taken the words away since."""
        return self.comment.status == CommentStatus.WITHDRAWN

    @property
    def holds(self) -> bool:
        return self.since is None and not self.is_withdrawn

    @property
    def choices(self) -> list[Choice]:
        """What may be decided now, unless somebody has just decided; changes are decided on elsewhere."""
        if self.pending or not self.is_latest:
            return []
        return [choice for choice in choices_for(self.comment, []) if not choice.verb.is_about_edit]


class OwnDecisionsView(ModeratorRequired, WagtailAdminTemplateMixin, View):
    """The decisions of whoever looks, on comments that they may still decide on."""

    template_name = "moderation/own_decisions.html"
    header_icon = "history"
    page_title = _("My decisions")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST_COMMENTS), "label": str(_("Comments"))},
            {"url": "", "label": str(self.page_title)},
        ]

    @cached_property
    def before(self) -> int | None:
        """After which decision the list goes on; None where it begins, or where that says nothing."""
        asked = self.request.GET.get("before", "")
        is_key = asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS
        return int(asked) if is_key else None

    def get_decisions(self) -> DecisionQuerySet:
        own = Decision.objects.filter(by=self.moderator, comment__in=self.get_comments())
        if self.before is None:
            return own
        last = Decision.objects.filter(by=self.moderator, pk=self.before).values("decided_at")[:1]
        return own.filter(Q(decided_at__lt=last) | Q(decided_at=last, pk__lt=self.before))

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        # One more tells whether there are others.
        decisions = list(self.get_decisions().select_related("comment__page")[: ON_A_PAGE + 1])
        shown = decisions[:ON_A_PAGE]
        here = reverse("moderation_comments:list_own_decisions")
        older = f"{here}?{urlencode({'before': shown[-1].pk})}" if len(decisions) > ON_A_PAGE else ""
        return super().get_context_data(
            rows=rows_of(shown),
            tabs=tabs_for(self.request, OWN),
            older_url=older,
            latest_url=here if self.before is not None else "",
            here=self.request.get_full_path(),
            **self.get_pending(),
            **kwargs,
        )


def rows_of(decisions: list[Decision]) -> list[OwnDecision]:
    """Return the decisions with what has become of each: for all of them in two queries."""
    comments = {decision.comment_id for decision in decisions}
    if not comments:
        return []
    pending = {
        row.comment_id: row
        for row in PendingDecision.objects.open().filter(comment__in=comments).select_related("by")
    }
    statuses, languages = _last_of_each(Decision.objects.filter(comment__in=comments).select_related("by"))
    rows, seen = [], set()
    for decision in decisions:
        key = decision.comment_id
        last = languages.get(key) if decision.verb == Verb.LANGUAGE else statuses.get(key)
        rows.append(OwnDecision(decision, _otherwise(decision, last), pending.get(key), key not in seen))
        seen.add(key)
    return rows


def _last_of_each(decisions: Iterable[Decision]) -> tuple[dict[int, Decision], dict[int, Decision]]:
    """Return the last decision on where each comment stands, and the last on the language of its words."""
    statuses: dict[int, Decision] = {}
    languages: dict[int, Decision] = {}
    for decision in decisions:  # latest first
        if decision.verb == Verb.LANGUAGE:
            languages.setdefault(decision.comment_id, decision)
        elif decision.verb not in {Verb.KEEP, Verb.UPHOLD} and not decision.is_about_edit:
            statuses.setdefault(decision.comment_id, decision)
    return statuses, languages


def _otherwise(decision: Decision, last: Decision | None) -> Decision | None:
    """Return `last` where it came later and leads elsewhere than `decision` did."""
    verb = Verb(decision.verb)
    if last is None or (last.decided_at, last.pk) <= (decision.decided_at, decision.pk):
        return None
    if verb == Verb.LANGUAGE:
        return last
    if verb == Verb.UPHOLD:
        return last if decision.comment.is_published else None
    # A change that is refused leaves readers what they read, as one that is accepted does.
    result = CommentStatus.PUBLISHED if verb.is_about_edit else RESULT[verb]
    return None if decision.comment.status == result else last
