"""What waits for a decision, told where a moderator looks first: the menu and the admin's home page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Func, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import MenuItem as SidebarItem

from dialogue.models import Comment
from dialogue.querysets import CommentQuerySet
from moderation.mail import waiting_sentence
from moderation.models import Appeal, Flag, without_pending
from moderation.permissions import ModerationPermissionTester
from people.models import User

SHOWN_ON_HOME_PAGE = 5
FLAGGED = "flagged"  # beside the states of a comment, what readers have flagged
APPEALED = "appealed"  # and against what authors appeal
LIST_COMMENTS = "moderation_comments:list_comments"


@dataclass(frozen=True)
class Waiting:
    """How many comments wait for this moderator, since when the oldest does, and what else waits."""

    held: int = 0
    changed: int = 0
    flagged: int = 0
    appealed: int = 0  # of decisions of others
    own_appealed: int = 0  # of what this moderator decided, which somebody else answers
    oldest_at: datetime | None = None
    shown: int | None = None  # of a list, where one was asked for

    @property
    def count(self) -> int:
        return self.held + self.changed + self.flagged + self.appealed

    @property
    def sentence(self) -> str:
        return waiting_sentence(self.held + self.changed, self.flagged, self.appealed)


def waiting_comments(request: HttpRequest) -> CommentQuerySet:
    """Return the held comments that this moderator may decide on, oldest first."""
    comments = without_pending(Comment.objects.held()).moderated_by(request.user)
    return comments.order_by("submitted_at", "pk")


def changed_comments(request: HttpRequest) -> CommentQuerySet:
    """Return the published comments whose new words wait for this moderator, oldest first."""
    comments = without_pending(Comment.objects.changed()).moderated_by(request.user)
    return comments.order_by("submitted_at", "pk")


def flagged_comments(request: HttpRequest) -> CommentQuerySet:
    """Return the published comments that readers have flagged and this moderator may decide on."""
    comments = without_pending(Comment.objects.moderated_by(request.user))
    return Flag.objects.open().flagged_among(comments).order_by("submitted_at", "pk")


def appealed_comments(request: HttpRequest) -> CommentQuerySet:
    """Return the comments whose authors appealed against what somebody else decided, oldest first."""
    comments = without_pending(Comment.objects.moderated_by(request.user))
    appeals = Appeal.objects.open().not_decided_by(request.user)
    return appeals.appealed_among(comments).order_by("submitted_at", "pk")


def waiting_for(request: HttpRequest, shown: CommentQuerySet | None = None) -> Waiting:
    """Count what waits, once for a request: the menu asks twice, the home page once more.

    Whoever lists comments asks first, and has what is `shown` counted in the same statement.
    """
    known = getattr(request, "comments_waiting", None)
    if known is None:
        known = Waiting()
        if ModerationPermissionTester(request.user).can_moderate():
            held, changed = waiting_comments(request), changed_comments(request)
            comments = without_pending(Comment.objects.moderated_by(request.user))
            appeals = Appeal.objects.open().filter(comment__in=comments.values("pk"))
            values = {
                "held": _number_of(held),
                "changed": _number_of(changed),
                "flagged": _number_of(flagged_comments(request)),
                "appealed": _number_of(appeals.not_decided_by(request.user)),
                "own_appealed": _number_of(appeals.filter(decision__by=request.user.pk)),
                "oldest_held": Subquery(held.values("submitted_at")[:1]),
                "oldest_changed": Subquery(changed.values("submitted_at")[:1]),
                "shown": Value(None, IntegerField()) if shown is None else _number_of(shown),
            }
            # A row to hang them on: what waits is counted for somebody.
            row = User.objects.filter(pk=request.user.pk).values(**values).get()
            oldest = [at for at in (row.pop("oldest_held"), row.pop("oldest_changed")) if at]
            known = Waiting(**row, oldest_at=min(oldest, default=None))
        request.comments_waiting = known  # type: ignore[attr-defined]  # ours, for this request
    return known


def _number_of(rows: QuerySet) -> Coalesce:
    """Return how many there are, as a value in a statement; not an aggregate, which would have to group."""
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(number=number).values("number")), 0)


def with_badge(item: SidebarItem, label: str, request: HttpRequest) -> SidebarItem:
    """Give a rendered menu item the number of what waits, to be seen and to be heard."""
    waiting = waiting_for(request)
    if waiting.count:
        item.attrs = {
            **item.attrs,
            "data-waiting": str(waiting.count),
            "aria-label": f"{label}, {waiting.sentence}",
        }
    return item


class WaitingMenuItem(MenuItem):
    """The moderator's list, with what waits there."""

    def __init__(self, order: int) -> None:
        super().__init__(
            _("Comments"),
            reverse(LIST_COMMENTS),
            name="moderation-comments",
            icon_name="comment",
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return ModerationPermissionTester(request.user).can_moderate()

    def render_component(self, request: HttpRequest) -> SidebarItem:
        return with_badge(super().render_component(request), str(self.label), request)


class TermsMenuItem(MenuItem):
    """The terms that screening looks out for."""

    def __init__(self, order: int) -> None:
        super().__init__(
            _("Screening terms"),
            reverse("moderation_terms:index"),
            name="screening-terms",
            icon_name="clipboard-list",
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return ModerationPermissionTester(request.user).can_read_terms()


class DialogueMenuItem(SubmenuMenuItem):
    """The "Dialogue" menu; closed, it still tells what waits inside."""

    def __init__(self, group: SubmenuMenuItem) -> None:
        super().__init__(
            group.label, group.menu, name=group.name, icon_name=group.icon_name, order=group.order
        )

    def render_component(self, request: HttpRequest) -> SidebarItem:
        return with_badge(super().render_component(request), str(self.label), request)


class WaitingPanel(Component):
    """On the admin's home page: how many comments wait or are flagged, since when, and the oldest of them."""

    name = "comments_waiting"
    template_name = "moderation/waiting_panel.html"
    order = 120

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def oldest(self, find: Callable[[HttpRequest], CommentQuerySet]) -> CommentQuerySet:
        return find(self.request).select_related("page")[:SHOWN_ON_HOME_PAGE]

    def get_context_data(self, parent_context: object) -> dict[str, object]:
        waiting = waiting_for(self.request)
        # The oldest of either hold the oldest of both.
        comments = [
            *(self.oldest(waiting_comments) if waiting.held else []),
            *(self.oldest(changed_comments) if waiting.changed else []),
        ]
        comments.sort(key=lambda comment: (comment.submitted_at, comment.pk))
        return {
            "waiting": waiting,
            "comments": comments[:SHOWN_ON_HOME_PAGE],
            "flagged": list(self.oldest(flagged_comments)) if waiting.flagged else [],
            "appealed": list(self.oldest(appealed_comments)) if waiting.appealed else [],
            "list_url": reverse(LIST_COMMENTS),
            "appealed_url": f"{reverse(LIST_COMMENTS)}?status={APPEALED}",
            "flagged_url": f"{reverse(LIST_COMMENTS)}?status={FLAGGED}",
        }
