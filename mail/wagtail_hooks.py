"""What mail tells Wagtail: the messages about accounts, and the acts that are logged."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from mail.passwords import mail_kinds

hooks.register("mail_kinds", mail_kinds)


@hooks.register("register_log_actions")
def register_mail_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("mail.resend", _("Send again"), _("Sent a message again"))
