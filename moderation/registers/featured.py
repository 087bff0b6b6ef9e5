"""Which comments are quoted where, and where each quotation stands."""

from collections.abc import Iterable

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment, CommentStatus, FeaturedComment
from dialogue.permissions import (
    CommentPermissionTester,
    FeaturedCommentPermissionTester,
    PageQuotationsPermissionTester,
    Withheld,
)
from dialogue.quotation_states import Standing, states_everywhere
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import (
    ReadOnlyPermissionHelper,
    Register,
    RegisterInspectView,
)
from moderation.registers.featured_filters import (
    RELATED,
    FeaturedFilter,
    LanguageFilter,
    SectionFilter,
    SideFilter,
    StateFilter,
)
from moderation.registers.lists import RegisterIndexView
from portal.characters import cut_at_word
from portal.permissions import Viewer, current_viewer, edits_pages, restrictions_against

SEARCH_VAR = "q"
SHOWN_WORDS = 120


class FeaturedPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_featured


def with_standings(rows: Iterable[FeaturedComment], viewer: Viewer) -> list[FeaturedComment]:
    """Return the rows, each with where it stands and who looks: a column is asked for a row and no more.

    As many queries for many as for one. Who looks is kept, for a file is written when the request is over.
    """
    rows = list(rows)
    for row, standing in zip(rows, states_everywhere(rows), strict=True):
        row.standing, row.viewer = standing, viewer
    return rows


class FeaturedIndexView(RegisterIndexView):
    """The list, and the file of it."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        return {**context, "object_list": with_standings(context["object_list"], self.request.user)}

    def as_spreadsheet(self, queryset: models.QuerySet, spreadsheet_format: str) -> HttpResponse:
        return super().as_spreadsheet(with_standings(queryset, self.request.user), spreadsheet_format)


class FeaturedInspectView(RegisterInspectView):
    """One quotation, and the way to where its page is looked after."""

    def get_page_subtitle(self) -> str:
        return self.model_admin.attribution(self.instance)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        with_standings([self.instance], self.request.user)
        return super().get_context_data(quotations_url=self._quotations_url(), **kwargs)

    def _quotations_url(self) -> str:
        page = self.instance.page
        if not PageQuotationsPermissionTester(page, self.request.user).can_open():
            return ""
        return f"{reverse('dialogue_page_quotations', args=[page.pk])}#quotation-{self.instance.pk}"


class FeaturedCommentRegister(Register):
    """Which comments are quoted where, and what their authors agreed to."""

    model = FeaturedComment
    base_url_path = "moderation/featured"
    menu_label = _("Featured comments")
    menu_icon = "openquote"
    permission_helper_class = FeaturedPermissionHelper
    index_view_class = FeaturedIndexView
    inspect_view_class = FeaturedInspectView
    list_display = ("said", "place", "state_word", "shown", "side_word", "chooser", "featured_at")
    list_export = (
        "said",
        "place",
        "page_language",
        "attribution",
        "side_word",
        "state_word",
        "shown",
        "chooser",
        "featured_at",
        "placed_at",
        "asked_at",
        "answer_by",
        "agreed_at",
        "declined_at",
        "withdrawn_at",
        "crossed_at",
    )
    list_filter = (StateFilter, SideFilter, LanguageFilter, SectionFilter, FeaturedFilter)
    list_select_related = (*RELATED, "featured_by")
    search_fields = ("comment__author_name", "comment__text", "page__title", "agreed_name")
    ordering = ("-featured_at",)
    status_columns = ("state_word",)
    export_filename = "featured-comments"
    inspect_view_fields = [
        "said",
        "place",
        "page_language",
        "attribution",
        "side_word",
        "state_sentence",
        "shown",
        "chooser",
        "featured_at",
        "placed_at",
        "asked_at",
        "asked_by",
        "answer_by",
        "reminded_at",
        "agreed_at",
        "agreed_for_public",
        "declined_at",
        "withdrawn_at",
        "crossed_at",
        "crossed_by",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        # Both ends may be restricted, each by itself: the comment's page, and the page that quotes it.
        for restriction in restrictions_against(request.user):
            rows = rows.exclude(comment__page__path__startswith=restriction.path)
            rows = rows.exclude(page__path__startswith=restriction.path)
        if request.GET.get(SEARCH_VAR):
            rows = self._findable(rows, request.user)
        return rows

    def _findable(self, rows: models.QuerySet, viewer: Viewer) -> models.QuerySet:
        """Return what a search may find: it tells no more than reading does."""
        # What stands under a page that is not online is found by none of its words.
        rows = rows.filter(comment__page__live=True)
        if not ModerationPermissionTester(
            viewer
        ).can_moderate():  # nor what a moderator or the author took away
            rows = rows.filter(comment__status=CommentStatus.PUBLISHED)
        if not edits_pages(viewer):  # nor a draft by its title
            rows = rows.filter(page__live=True)
        return rows

    def said(self, featured: FeaturedComment) -> str:
        """The words as they are quoted, under the name as it is shown; to whoever may see them."""
        if not _may_see(featured):
            return str(_why_unseen(featured.comment))
        words = cut_at_word(featured.plain, SHOWN_WORDS)
        return _("%(name)s: %(excerpt)s") % {"name": featured.attribution, "excerpt": words}

    said.short_description = _("quotation")

    def place(self, featured: FeaturedComment) -> str:
        """The page that quotes it; the title of a draft is told to those alone who work on pages."""
        return (
            featured.page.title if featured.page.live or edits_pages(_viewer_of(featured)) else _("a draft")
        )

    place.short_description = _("page")

    def page_language(self, featured: FeaturedComment) -> str:
        return capfirst(get_language_info(featured.page.locale.language_code)["name_translated"])

    page_language.short_description = _("language")

    def attribution(self, featured: FeaturedComment) -> str:
        return featured.attribution if _may_see(featured) else ""

    attribution.short_description = _("name shown")

    def side_word(self, featured: FeaturedComment) -> str:
        return capfirst(featured.comment.get_side_display())

    side_word.short_description = _("side")
    side_word.admin_order_field = "comment__side"

    def state_word(self, featured: FeaturedComment) -> str:
        return capfirst(_standing_of(featured).state.label)

    state_word.short_description = pgettext_lazy("of a quotation", "state")

    def state_sentence(self, featured: FeaturedComment) -> str:
        return _standing_of(featured).sentence

    state_sentence.short_description = pgettext_lazy("of a quotation", "state")

    def chooser(self, featured: FeaturedComment) -> str:
        return featured.featured_by.display_name if featured.featured_by else ""

    chooser.short_description = _("featured by")
    chooser.admin_order_field = "featured_by"

    def shown(self, featured: FeaturedComment) -> str:
        """Whether readers see it or, if not, all that stands in the way."""
        if featured.placed_at is None or not featured.page.live:
            return Withheld.NOT_ON_THIS_PAGE.reason
        obstacles = FeaturedCommentPermissionTester(featured, featured.page).obstacles()
        reasons = ", ".join(obstacle.reason for obstacle in obstacles)
        return _("no: %(reasons)s") % {"reasons": reasons} if reasons else _("yes")

    shown.short_description = _("shown to readers")


def _viewer_of(featured: FeaturedComment) -> Viewer:
    return getattr(featured, "viewer", None) or current_viewer()


def _standing_of(featured: FeaturedComment) -> Standing:
    return featured.standing


def _may_see(featured: FeaturedComment) -> bool:
    return CommentPermissionTester(featured.comment, _viewer_of(featured)).can_see()


def _why_unseen(comment: Comment) -> str:
    return Withheld.NOT_PUBLISHED.reason if comment.page.live else Withheld.PAGE_NOT_LIVE.reason
