"""Measures on people: what was done, why, until when, and who lifted it."""

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.models import Measure, MeasureKind, Reason
from moderation.permissions import MeasurePermissionTester, ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register, RegisterInspectView
from moderation.registers.filters import ChoiceListFilter, SinceListFilter

STATES = (
    ("in_force", pgettext_lazy("measure", "in force")),
    ("over", pgettext_lazy("measure", "ended or lifted")),
)


class MeasurePermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_measures


class KindFilter(ChoiceListFilter):
    title = _("measure")
    parameter_name = "kind"
    choice_list = MeasureKind.choices


class ReasonFilter(ChoiceListFilter):
    title = _("reason")
    parameter_name = "reason_code"
    choice_list = Reason.choices


class StateFilter(ChoiceListFilter):
    """In force now, or over."""

    title = _("state")
    parameter_name = "state"
    choice_list = STATES

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        in_force = queryset.in_force()
        if self.value() == "in_force":
            return in_force.lasting()
        return queryset.exclude(pk__in=in_force.values("pk")) if self.value() == "over" else queryset


class TakenFilter(SinceListFilter):
    date_field = "taken_at"


class MeasureInspectView(RegisterInspectView):
    """One measure, and the button that lifts it."""

    def get_page_subtitle(self) -> str:
        return self.model_admin.person(self.instance)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        measure, user = self.instance, self.request.user
        can_lift = measure.is_in_force and MeasurePermissionTester(measure.comment, user).can_lift(measure)
        return super().get_context_data(can_lift=can_lift, **kwargs)


class MeasureRegister(Register):
    """Every measure at a comment on which the viewer may decide."""

    model = Measure
    base_url_path = "moderation/measures"
    menu_label = _("Measures")
    menu_icon = "user"
    permission_helper_class = MeasurePermissionHelper
    inspect_view_class = MeasureInspectView
    inspect_template_name = "moderation/register_measure.html"
    list_display = ("person", "kind_word", "state_word", "why", "where", "last_day", "taker", "taken_at")
    list_export = (
        "taken_at",
        "person",
        "kind_word",
        "state_word",
        "why",
        "note",
        "where",
        "last_day",
        "taker",
        "lifted_at",
        "lifter",
        "comment_id_word",
    )
    list_filter = (KindFilter, StateFilter, ReasonFilter, TakenFilter)
    list_select_related = ("participant__user", "comment__page", "section__locale", "taken_by", "lifted_by")
    search_fields = ("participant__name", "comment__author_name", "reason_text", "note")
    ordering = ("-taken_at", "-pk")
    status_columns = ("state_word",)
    export_filename = "measures"
    inspect_view_fields = [
        "person",
        "kind_word",
        "state_word",
        "why",
        "note",
        "where",
        "last_day",
        "taken_at",
        "taker",
        "lifted_at",
        "lifter",
        "comment",
        "comment_id_word",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).seen_by(request.user)

    def person(self, measure: Measure) -> str:
        return measure.comment.author_name or str(_("somebody who was erased"))

    person.short_description = _("person")
    person.admin_order_field = "comment__author_name"

    def kind_word(self, measure: Measure) -> str:
        return capfirst(measure.get_kind_display())

    kind_word.short_description = _("measure")
    kind_word.admin_order_field = "kind"

    def state_word(self, measure: Measure) -> str:
        return capfirst(measure.state)

    state_word.short_description = _("state")

    def why(self, measure: Measure) -> str:
        told = (measure.get_reason_code_display(), measure.reason_text)
        return capfirst(" – ".join(part for part in told if part))

    why.short_description = _("reason")
    why.admin_order_field = "reason_code"

    def where(self, measure: Measure) -> str:
        return capfirst(measure.where)

    where.short_description = _("where")

    def last_day(self, measure: Measure) -> object:
        return measure.last_day

    last_day.short_description = _("last day")
    last_day.admin_order_field = "ends_at"

    def taker(self, measure: Measure) -> str:
        return measure.taken_by.display_name

    taker.short_description = _("taken by")

    def lifter(self, measure: Measure) -> str:
        return measure.lifted_by.display_name if measure.lifted_by else ""

    lifter.short_description = _("lifted by")

    def comment_id_word(self, measure: Measure) -> str:
        return measure.comment.public_id

    comment_id_word.short_description = _("identifier of the comment")
