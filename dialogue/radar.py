"""What the voices around a page look like from its editor: who waits, who may be quoted, who was of late.

Everything is counted for one viewer, and only of what they may read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment, FeaturedCommentQuerySet
from dialogue.querysets import PUBLISHED, CommentQuerySet
from people.models import Side
from portal.languages import language_name
from portal.permissions import Viewer, restrictions_against

LATELY = timedelta(days=90)
PEOPLE_NAMED = 5  # those who were featured most


@dataclass(frozen=True)
class Share:
    """How many of the comments that were featured are of one kind."""

    label: str
    count: int
    total: int

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded half up."""
        return (self.count * 200 + self.total) // (2 * self.total)


@dataclass(frozen=True)
class FeaturedShares:
    """How many comments were featured of late, and whose they were."""

    total: int
    by_side: list[Share]
    by_language: list[Share]
    by_person: list[Share]  # the first of them


def unanswered_under(page: Page, viewer: Viewer) -> CommentQuerySet:
    """Return what others began under `page` and the organisation has not spoken to, the oldest first."""
    roots = Comment.objects.visible_to(viewer).roots().filter(page_id=page.pk, thread_at__isnull=False)
    return roots.filter(organisation_at=None).order_by("thread_at", "pk")


def featurable_under(page: Page, viewer: Viewer) -> CommentQuerySet:
    """Return what people said under `page` with leave to quote it, or to ask, and no reader has seen quoted.

    Those who agreed to be quoted come first, then what most people replied to.
    """
    placed = FeaturedComment.objects.filter(comment_id=OuterRef("pk"), placed_at__isnull=False)
    said = Comment.objects.visible_to(viewer).in_own_name().filter(~Exists(placed), page_id=page.pk)
    has_agreed = Q(quote_consented_at__isnull=False)
    with_leave = said.with_leave_to_ask().filter(has_agreed | Q(leave_to_ask=True))
    agreed_first = Case(When(has_agreed, then=Value(0)), default=Value(1))
    return with_leave.order_by(agreed_first, "-reply_count", "-submitted_at", "-pk")


def featured_lately(viewer: Viewer) -> FeaturedCommentQuerySet:
    """Return the quotations that readers have been shown for at most 90 days."""
    rows = FeaturedComment.objects.before_readers().filter(
        placed_at__gte=timezone.now() - LATELY,
        withheld_since=None,
        comment__status=PUBLISHED,
        comment__page__live=True,
    )
    for restriction in restrictions_against(viewer):
        rows = rows.exclude(page__path__startswith=restriction.path)
        rows = rows.exclude(comment__page__path__startswith=restriction.path)
    return rows


def count_featured(viewer: Viewer) -> FeaturedShares:
    """Return whose comments were featured of late: by side, by language and by person, in three queries.

    A comment counts once, however many pages quote it.
    """
    rows = featured_lately(viewer).order_by()
    number = Count("comment", distinct=True)
    sides = rows.values("comment__side").annotate(number=number)
    in_words = NullIf("comment__words_language", Value(""))
    languages = rows.values(code=Coalesce(in_words, "comment__language")).annotate(number=number)
    people = rows.values("comment__participant").annotate(number=number, name=Max("comment__author_name"))
    by_side = {row["comment__side"]: row["number"] for row in sides}
    total = sum(by_side.values())
    return FeaturedShares(
        total=total,
        by_side=_shares(((capfirst(str(Side(side).label)), n) for side, n in by_side.items()), total),
        by_language=_shares(((language_name(row["code"]), row["number"]) for row in languages), total),
        by_person=_shares(
            ((row["name"], row["number"]) for row in people.order_by("-number", "name")[:PEOPLE_NAMED]), total
        ),
    )


def _shares(counts: Iterable[tuple[str, int]], total: int) -> list[Share]:
    """Return the shares, the largest first."""
    return [Share(label, count, total) for label, count in sorted(counts, key=lambda one: (-one[1], one[0]))]
