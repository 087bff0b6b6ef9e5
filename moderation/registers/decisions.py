"""The log of decisions."""

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moderation.models import Decision, Reason, Rule, Verb
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register
from moderation.registers.filters import ChoiceListFilter, SinceListFilter


class DecisionPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_decisions


class VerbFilter(ChoiceListFilter):
    title = _("decision")
    parameter_name = "verb"
    choice_list = Verb.choices


class ReasonFilter(ChoiceListFilter):
    title = _("reason")
    parameter_name = "reason_code"
    choice_list = Reason.choices


class RuleFilter(ChoiceListFilter):
    title = _("rule")
    parameter_name = "rule"
    choice_list = Rule.choices


class DecidedFilter(SinceListFilter):
    date_field = "decided_at"


class DecisionRegister(Register):
    """Every act of screening and moderation, on the pages that the viewer may read."""

    model = Decision
    base_url_path = "moderation/decisions"
    menu_label = _("Decisions")
    menu_icon = "clipboard-list"
    permission_helper_class = DecisionPermissionHelper
    list_display = ("comment", "verb_word", "decider", "why", "page", "decided_at")
    list_export = (
        "decided_at",
        "verb_word",
        "decider",
        "why",
        "note",
        "comment_id_word",
        "comment",
        "comment_version",
        "page",
        "status_before",
        "status_after",
    )
    list_filter = (VerbFilter, ReasonFilter, RuleFilter, DecidedFilter)
    list_select_related = ("comment__page", "by", "event")
    search_fields = (
        "reason_text",
        "note",
        "comment__author_name",
        "comment__text",
        "by__last_name",
        "by__first_name",
    )
    ordering = ("-decided_at",)
    status_columns = ("verb_word",)
    export_filename = "decisions"
    inspect_view_fields = [
        "comment",
        "page",
        "comment_version",
        "verb",
        "status_before",
        "status_after",
        "decided_at",
        "decider",
        "why",
        "note",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request).on_pages_visible_to(request.user)
        sections = ModerationPermissionTester(request.user).decision_sections()
        return rows.filter(sections.below("comment__page__path"))

    def status_before(self, decision: Decision) -> str:
        return capfirst(decision.event.get_status_before_display()) if decision.event else ""

    status_before.short_description = _("status before")

    def status_after(self, decision: Decision) -> str:
        return capfirst(decision.event.get_status_after_display()) if decision.event else ""

    status_after.short_description = _("status after")

    def verb_word(self, decision: Decision) -> str:
        return capfirst(decision.get_verb_display())

    verb_word.short_description = _("decision")
    verb_word.admin_order_field = "verb"

    def decider(self, decision: Decision) -> str:
        return capfirst(decision.decider)

    decider.short_description = _("decided by")

    def why(self, decision: Decision) -> str:
        return capfirst(decision.explanation)

    why.short_description = _("reason or rule")

    def page(self, decision: Decision) -> str:
        return str(decision.comment.page)

    page.short_description = _("page")
    page.admin_order_field = "comment__page__title"

    def comment_id_word(self, decision: Decision) -> str:
        return decision.comment.public_id

    comment_id_word.short_description = _("identifier of the comment")
