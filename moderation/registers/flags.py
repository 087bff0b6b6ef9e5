"""What readers flagged, and what became of it."""

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moderation.models import Flag, FlagReason, FlagState
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register
from moderation.registers.filters import ChoiceListFilter, SinceListFilter


class FlagPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_flags


class StateFilter(ChoiceListFilter):
    title = _("state")
    parameter_name = "state"
    choice_list = FlagState.choices


class FlagReasonFilter(ChoiceListFilter):
    title = _("reason")
    parameter_name = "reason_code"
    choice_list = FlagReason.choices


class FlaggedFilter(SinceListFilter):
    date_field = "flagged_at"


class FlagRegister(Register):
    """Every flag of a comment on the pages that the viewer may read."""

    model = Flag
    base_url_path = "moderation/flags"
    menu_label = _("Flags")
    menu_icon = "warning"
    permission_helper_class = FlagPermissionHelper
    list_display = ("comment", "reason_word", "state_word", "flagger", "page", "flagged_at")
    list_export = (
        "flagged_at",
        "comment_id_word",
        "comment",
        "comment_version",
        "page",
        "reason_word",
        "text",
        "law",
        "place",
        "concerns_children",
        "is_in_good_faith",
        "flagger",
        "flagger_address",
        "state_word",
        "settled_at",
        "settled_by_word",
    )
    list_filter = (StateFilter, FlagReasonFilter, FlaggedFilter)
    list_select_related = ("comment__page", "participant__user", "settled_by")
    search_fields = ("text", "law", "name", "comment__author_name", "comment__text")
    ordering = ("-flagged_at", "-pk")
    status_columns = ("state_word",)
    export_filename = "flags"
    inspect_view_fields = [
        "comment",
        "page",
        "comment_version",
        "reason_word",
        "text",
        "law",
        "place",
        "concerns_children",
        "is_in_good_faith",
        "flagger",
        "flagger_address",
        "flagged_at",
        "state_word",
        "settled_at",
        "settled_by_word",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request).on_pages_visible_to(request.user)
        sections = ModerationPermissionTester(request.user).flag_sections()
        return rows.filter(sections.below("comment__page__path"))

    def reason_word(self, flag: Flag) -> str:
        return flag.get_reason_code_display()

    reason_word.short_description = _("reason")
    reason_word.admin_order_field = "reason_code"

    def state_word(self, flag: Flag) -> str:
        return capfirst(flag.get_state_display())

    state_word.short_description = _("state")
    state_word.admin_order_field = "state"

    def flagger(self, flag: Flag) -> str:
        return flag.flagger

    flagger.short_description = _("flagged by")

    def flagger_address(self, flag: Flag) -> str:
        return flag.flagger_address

    flagger_address.short_description = _("email address")

    def settled_by_word(self, flag: Flag) -> str:
        return flag.settled_by.display_name if flag.settled_by else ""

    settled_by_word.short_description = _("settled by")

    def page(self, flag: Flag) -> str:
        return str(flag.comment.page)

    page.short_description = _("page")
    page.admin_order_field = "comment__page__title"

    def comment_id_word(self, flag: Flag) -> str:
        return flag.comment.public_id

    comment_id_word.short_description = _("identifier of the comment")
