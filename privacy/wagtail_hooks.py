"""Where privacy meets Wagtail's admin, and what it keeps account of."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from privacy.actions import ErasureReason, follow_mail_choice
from privacy.permissions import PrivacyPermissions
from privacy.personal_data import OWN
from privacy.retention_rules import retention_rules
from privacy.viewsets import privacy_viewset

hooks.register("personal_data", lambda: OWN)
hooks.register("mail_chosen", follow_mail_choice)
# After the rules of the apps above: what hangs on their rows has gone with them by then.
hooks.register("retention_rules", retention_rules, order=2)


@hooks.register("register_admin_viewset")
def register_privacy_requests() -> ViewSet:
    return privacy_viewset


class PrivacyMenuItem(MenuItem):
    """Shown to whoever may answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        return PrivacyPermissions(request.user).can_answer()


@hooks.register("register_settings_menu_item")
def add_privacy_requests() -> MenuItem:
    label, address = gettext_lazy("Privacy requests"), reverse_lazy("privacy_requests:find")
    return PrivacyMenuItem(label, address, name="privacy-requests", icon_name="lock", order=610)


class ErasureFormatter(LogFormatter):
    """That somebody was erased, and why; never who."""

    label = gettext_lazy("Erase")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        reason = dict(ErasureReason.choices).get(log_entry.data.get("reason", ""))
        return _("Erased everything about somebody: %(reason)s") % {"reason": reason}


@hooks.register("register_log_actions")
def register_privacy_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "privacy.export_person",
        gettext_lazy("Export what is kept"),
        gettext_lazy("Exported what is kept about this person"),
    )
    actions.register_action(
        "privacy.correct_name", gettext_lazy("Correct a name"), gettext_lazy("Corrected the name, as asked")
    )
    actions.register_action("privacy.erase_person")(ErasureFormatter)
