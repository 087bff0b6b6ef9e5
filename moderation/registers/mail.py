"""The outbox: what was sent, what waits, and what was given up and may be sent again."""

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mail.models import MailStatus, OutgoingMail
from mail.outbox import mail_kinds
from moderation.permissions import ModerationPermissionTester
from moderation.registers.base import ReadOnlyPermissionHelper, Register, RegisterInspectView
from moderation.registers.filters import ChoiceListFilter, SinceListFilter


class MailPermissionHelper(ReadOnlyPermissionHelper):
    can_open = ModerationPermissionTester.can_read_mail


class MailStatusFilter(ChoiceListFilter):
    title = _("status")
    parameter_name = "status"
    choice_list = MailStatus.choices


class QueuedFilter(SinceListFilter):
    date_field = "queued_at"


class MailInspectView(RegisterInspectView):
    """One message, and the button that sends it again where it was given up."""

    def get_page_subtitle(self) -> str:
        return self.instance.participant.name

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        tester = ModerationPermissionTester(self.request.user)
        may_resend = self.instance.status == MailStatus.DEAD and tester.can_resend_mail()
        return super().get_context_data(may_resend=may_resend, **kwargs)


class MailRegister(Register):
    """Every message of the outbox, without its words: they are written when it is sent."""

    model = OutgoingMail
    base_url_path = "moderation/mail"
    menu_label = _("Outgoing mail")
    menu_icon = "mail"
    permission_helper_class = MailPermissionHelper
    inspect_view_class = MailInspectView
    inspect_template_name = "moderation/register_mail.html"
    list_display = ("kind_word", "participant", "status_word", "queued_at", "due_at", "attempts", "fault")
    list_export = (
        "public_id",
        "kind_word",
        "participant",
        "status_word",
        "queued_at",
        "due_at",
        "sent_at",
        "attempts",
        "fault",
    )
    list_filter = (MailStatusFilter, QueuedFilter)
    list_select_related = ("participant",)
    search_fields = ("participant__name", "public_id")
    ordering = ("-queued_at",)
    status_columns = ("status_word",)
    export_filename = "mail"
    inspect_view_fields = [
        "kind_word",
        "participant",
        "status_word",
        "bundle",
        "queued_at",
        "due_at",
        "sent_at",
        "attempts",
        "fault",
        "public_id",
    ]

    def comment_of(self, row: models.Model) -> None:
        """No comment: a message may be about many."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("participant__user")

    def kind_word(self, mail: OutgoingMail) -> str:
        kind = mail_kinds().get(mail.kind)
        return capfirst(str(kind.label)) if kind else mail.kind

    kind_word.short_description = _("kind")
    kind_word.admin_order_field = "kind"

    def status_word(self, mail: OutgoingMail) -> str:
        return capfirst(mail.get_status_display())

    status_word.short_description = _("status")
    status_word.admin_order_field = "status"
