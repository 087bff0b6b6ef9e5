"""Which comments are quoted where."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.models import FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester, Withheld
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register
from moderation.registers.filters import SinceListFilter
from portal.permissions import current_viewer, edits_pages, restrictions_against

SEARCH_VAR = "q"


class FeaturedPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_featured


class FeaturedFilter(SinceListFilter):
    date_field = "featured_at"


class FeaturedCommentRegister(Register):
    """Which comments are quoted where, and what their authors agreed to."""

    model = FeaturedComment
    base_url_path = "moderation/featured"
    menu_label = _("Featured comments")
    menu_icon = "openquote"
    permission_helper_class = FeaturedPermissionHelper
    list_display = ("said", "place", "shown", "featured_by", "featured_at", "placed_at")
    list_export = (
        "said",
        "place",
        "attribution",
        "shown",
        "featured_by",
        "featured_at",
        "placed_at",
        "asked_at",
        "answer_by",
        "agreed_at",
        "declined_at",
        "withdrawn_at",
    )
    list_filter = (FeaturedFilter,)
    list_select_related = ("comment__page", "page__locale", "revision", "featured_by")
    search_fields = ("comment__author_name", "comment__text", "page__title", "agreed_name")
    ordering = ("-featured_at",)
    export_filename = "featured-comments"
    inspect_view_fields = [
        "said",
        "place",
        "attribution",
        "shown",
        "featured_by",
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
            # What stands under a page that is not online is found by none of its words.
            rows = rows.filter(comment__page__live=True)
            if not edits_pages(request.user):  # nor a draft by its title
                rows = rows.filter(page__live=True)
        return rows

    def said(self, featured: FeaturedComment) -> str:
        """The comment, where its page is there to be read."""
        return str(featured.comment) if featured.comment.page.live else str(Withheld.PAGE_NOT_LIVE.reason)

    said.short_description = _("comment")

    def place(self, featured: FeaturedComment) -> str:
        """The page that quotes it; the title of a draft is told to those alone who work on pages."""
        # A column is asked for a row, and is given no request.
        return featured.page.title if featured.page.live or edits_pages(current_viewer()) else _("a draft")

    place.short_description = _("page")

    def attribution(self, featured: FeaturedComment) -> str:
        return featured.attribution if featured.comment.page.live else ""

    attribution.short_description = _("name shown")

    def shown(self, featured: FeaturedComment) -> str:
        """Whether readers see it or, if not, all that stands in the way."""
        if featured.placed_at is None or not featured.page.live:
            return Withheld.NOT_ON_THIS_PAGE.reason
        obstacles = FeaturedCommentPermissionTester(featured, featured.page).obstacles()
        reasons = ", ".join(obstacle.reason for obstacle in obstacles)
        return _("no: %(reasons)s") % {"reasons": reasons} if reasons else _("yes")

    shown.short_description = _("shown to readers")
