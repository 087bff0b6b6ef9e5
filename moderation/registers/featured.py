"""Which comments are quoted where."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dialogue.models import FeaturedComment
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register
from moderation.registers.filters import SinceListFilter
from portal.permissions import closed_doors


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
    list_display = ("comment", "page", "attribution", "featured_by", "featured_at", "placed_at")
    list_export = (
        "comment",
        "page",
        "attribution",
        "featured_by",
        "featured_at",
        "placed_at",
        "asked_at",
        "agreed_at",
        "declined_at",
        "withdrawn_at",
    )
    list_filter = (FeaturedFilter,)
    list_select_related = ("comment", "page", "featured_by")
    search_fields = ("comment__author_name", "comment__text", "page__title", "name_shown")
    ordering = ("-featured_at",)
    export_filename = "featured-comments"
    inspect_view_fields = [
        "comment",
        "page",
        "name_shown",
        "featured_by",
        "featured_at",
        "placed_at",
        "asked_at",
        "agreed_at",
        "declined_at",
        "withdrawn_at",
        "crossed_at",
        "crossed_by",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        # Both ends are behind a door of their own: the comment's page, and the page that quotes it.
        for door in closed_doors(request.user):
            rows = rows.exclude(comment__page__path__startswith=door.path)
            rows = rows.exclude(page__path__startswith=door.path)
        return rows.filter(comment__page__live=True)

    def attribution(self, featured: FeaturedComment) -> str:
        return featured.attribution

    attribution.short_description = _("name shown")
