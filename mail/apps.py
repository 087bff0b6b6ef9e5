"""What people are told: the outbox, its delivery, and what each of them wishes to hear of."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = _("Mail")
