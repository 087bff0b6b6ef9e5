"""The comment ledger."""

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.menus import ModelAdminMenuItem

from dialogue.models import Comment, CommentStatus
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register
from moderation.registers.filters import ChoiceListFilter, SinceListFilter
from moderation.views.access import NEVER_READ
from people.models import Side
from portal.permissions import Viewer


class LedgerPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_ledger


class StatusFilter(ChoiceListFilter):
    title = _("status")
    parameter_name = "status"
    choice_list = [choice for choice in CommentStatus.choices if choice[0] not in NEVER_READ]


class SideFilter(ChoiceListFilter):
    title = _("side")
    parameter_name = "side"
    choice_list = Side.choices


class SubmittedFilter(SinceListFilter):
    date_field = "submitted_at"


class LedgerMenuItem(ModelAdminMenuItem):
    """The ledger, for those who have no list of comments."""

    def is_shown(self, request: HttpRequest) -> bool:
        has_list = ModerationPermissionTester(request.user).can_moderate()
        return super().is_shown(request) and not has_list


class CommentRegister(Register):
    """Every comment that ever came in, on the pages that the viewer may read, to be exported.

    It is no second list to work through: whoever decides on comments does so in their own list, finds this
    register from there, and has no entry for it in the menu.
    """

    model = Comment
    base_url_path = "moderation/ledger"
    menu_label = _("Comment ledger")
    menu_icon = "list-ul"
    permission_helper_class = LedgerPermissionHelper
    list_display = ("excerpt", "author_name", "side_word", "page", "status_word", "submitted_at")
    list_export = (
        "public_id",
        "page",
        "author_name",
        "side_word",
        "role_label_fr",
        "role_label_en",
        "language",
        "words_in",
        "status_word",
        "text",
        "version",
        "submitted_at",
        "published_at",
        "rejected_at",
        "hidden_at",
        "quote_consented_at",
        "reply_count",
    )
    list_filter = (StatusFilter, SideFilter, SubmittedFilter)
    list_select_related = ("page",)
    search_fields = ("text", "author_name", "page__title")
    ordering = ("-submitted_at",)
    purpose = _(
        "Look comments up here, and export them to a spreadsheet with their dates and what their authors "
        "agreed to."
    )
    status_columns = ("status_word",)
    export_filename = "comments"
    inspect_view_fields = [
        "public_id",
        "page",
        "parent",
        "author_name",
        "side",
        "role_label_fr",
        "role_label_en",
        "language",
        "words_in",
        "status",
        "text",
        "version",
        "submitted_at",
        "published_at",
        "rejected_at",
        "hidden_at",
        "withdrawn_at",
        "quote_consented_at",
        "quote_consent_wording",
        "reply_count",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return what a moderator may read: nothing unconfirmed, nothing that was erased."""
        rows = super().get_queryset(request).on_pages_visible_to(request.user)
        sections = ModerationPermissionTester(request.user).ledger_sections()
        return rows.filter(sections.below("page__path")).exclude(status__in=NEVER_READ)

    def comment_of(self, row: Comment) -> Comment:
        return row

    def links_for(self, user: Viewer) -> list[tuple[str, str]]:
        if not ModerationPermissionTester(user).can_moderate():
            return []
        return [(reverse("moderation_comments:list_comments"), _("Decide on comments"))]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return LedgerMenuItem(self, order or self.get_menu_order())

    def side_word(self, comment: Comment) -> str:
        return capfirst(comment.get_side_display())

    side_word.short_description = _("side")
    side_word.admin_order_field = "side"

    def words_in(self, comment: Comment) -> str:
        return comment.get_words_language_display()

    words_in.short_description = _("language of the words")

    def status_word(self, comment: Comment) -> str:
        return capfirst(comment.get_status_display())

    status_word.short_description = _("status")
    status_word.admin_order_field = "status"
