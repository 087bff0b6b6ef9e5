"""The page on which the voices that were featured are read together, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from blog.models.articles import BlogPage
from dialogue.models import FeaturedComment
from dialogue.models.featured import FeaturedCommentQuerySet
from dialogue.models.words import LONG
from dialogue.permissions import FeaturedCommentPermissionTester
from dialogue.readings import as_start
from portal.models import BasePage
from portal.permissions import Audience, Restriction, Viewer, audience_of, load_restrictions, visible_pages

VOICES_PER_PAGE = 20
NEWEST_FIRST = ("-placed_at", "-pk")
NOT_SHOWN = ("comment__fragment", *(f"comment__{name}" for name in LONG))


@dataclass(frozen=True)
class QuotingPage:
    """A page that shows a voice; `is_answer` where it was written around it."""

    page: Page
    is_answer: bool
    is_internal: bool


@dataclass(frozen=True)
class FeaturedVoice:
    """A person's words as the page that quoted them last shows them, and the pages that quote them."""

    quotation: FeaturedComment
    places: list[QuotingPage]

    @property
    def page(self) -> Page:
        """The page in which the words are shown so."""
        return self.quotation.page

    @property
    def value(self) -> dict[str, object]:
        """What the block of that page hands over to be shown."""
        return {"quotation": self.quotation, "why": ""}


@dataclass
class VoicesSpan:
    """The voices of one page of the list, and with whose comments the pages beside it begin."""

    voices: list[FeaturedVoice] = field(default_factory=list)
    following: str = ""
    previous: str | None = None  # None on the first page; empty where the first one comes before


class VoicesPage(BasePage):
    """The comments that pages of one language quote; each reader sees those of pages that they may read."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    template = "blog/voices_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("voices")
        verbose_name_plural = _("pages of voices")

    @property
    def opening_words(self) -> str:
        return self.introduction

    def remembered_query(self, request: HttpRequest) -> str | None:
        """The first page is read again and again; the others are too many to be remembered."""
        return None if "from" in request.GET else ""

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        restrictions = load_restrictions()
        start = as_start(request.GET.get("from", ""))
        span = self.find_voices(request.user, start, restrictions) if self.path else VoicesSpan()
        return {**context, "span": span, "voices": span.voices, "restrictions": restrictions}

    def find_voices(
        self, viewer: Viewer, start: str = "", restrictions: list[Restriction] | None = None
    ) -> VoicesSpan:
        """Return the voices that `viewer` may read, from the one on whose comment is `start`.

        Each comes once, however many pages quote it. An unknown start is the first page.
        """
        restrictions = load_restrictions() if restrictions is None else restrictions
        shown = self._shown_to(viewer, restrictions)
        latest = _latest_of_each(shown)
        key = latest.filter(comment__public_id=start).first() if start else None
        found = list(_from_key(latest, key).select_related(*RELATED).defer(*NOT_SHOWN)[: VOICES_PER_PAGE + 1])
        following = found[VOICES_PER_PAGE].comment.public_id if len(found) > VOICES_PER_PAGE else ""
        return VoicesSpan(
            voices=_with_places(_decided(found[:VOICES_PER_PAGE], restrictions), shown, restrictions),
            following=following,
            previous=_start_before(latest, key) if key else None,
        )

    def _shown_to(self, viewer: Viewer, restrictions: list[Restriction]) -> FeaturedCommentQuerySet:
        """Return the quotations in pages of this language that `viewer` may read, without those withheld."""
        pages = visible_pages(Page.objects.descendant_of(self.get_parent()), viewer, restrictions)
        rows = FeaturedComment.objects.before_readers().filter(withheld_since=None)
        return rows.filter(page__in=pages.values("pk")).order_by(*NEWEST_FIRST)


RELATED = ("comment__page", "revision", "page__locale")


def _latest_of_each(rows: FeaturedCommentQuerySet) -> FeaturedCommentQuerySet:
    """Return, of the quotations of each comment, the one that was placed last."""
    is_later = Q(placed_at__gt=OuterRef("placed_at")) | Q(
        placed_at=OuterRef("placed_at"), pk__gt=OuterRef("pk")
    )
    return rows.filter(~Exists(rows.order_by().filter(is_later, comment=OuterRef("comment"))))


def _from_key(rows: FeaturedCommentQuerySet, key: FeaturedComment | None) -> FeaturedCommentQuerySet:
    if key is None:
        return rows
    return rows.filter(Q(placed_at__lt=key.placed_at) | Q(placed_at=key.placed_at, pk__lte=key.pk))


def _start_before(rows: FeaturedCommentQuerySet, key: FeaturedComment) -> str:
    """Return the comment with which the page before begins; empty for the first page."""
    before = rows.filter(Q(placed_at__gt=key.placed_at) | Q(placed_at=key.placed_at, pk__gt=key.pk))
    starts = before.reverse().values_list("comment__public_id", flat=True)
    found = list(starts[VOICES_PER_PAGE - 1 : VOICES_PER_PAGE + 1])
    return found[0] if len(found) > 1 else ""


def _decided(rows: Iterable[FeaturedComment], restrictions: list[Restriction]) -> list[FeaturedComment]:
    """Return what readers of the pages are shown: that is decided here as it is there."""
    return [
        row for row in rows if FeaturedCommentPermissionTester(row, row.page, restrictions).can_be_shown()
    ]


def _with_places(
    quotations: list[FeaturedComment], shown: FeaturedCommentQuerySet, restrictions: list[Restriction]
) -> list[FeaturedVoice]:
    """Return the voices with all pages that show them: two queries, or none."""
    if not quotations:
        return []
    comments = [quotation.comment_id for quotation in quotations]
    rows = _decided(shown.filter(comment_id__in=comments).without_words(), restrictions)
    articles = BlogPage.objects.filter(pk__in={row.page_id for row in rows}, source_page__isnull=False)
    sources = dict(articles.values_list("pk", "source_page_id"))
    places: dict[int, dict[int, QuotingPage]] = {}
    for row in rows:
        places.setdefault(row.comment_id, {})[row.page_id] = QuotingPage(
            page=row.page,
            is_answer=sources.get(row.page_id) == row.comment.page_id,
            is_internal=audience_of(row.page, restrictions) == Audience.INTERNAL,
        )
    return [FeaturedVoice(one, list(places.get(one.comment_id, {}).values())) for one in quotations]
