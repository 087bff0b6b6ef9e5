"""What people are told: the outbox, what each of them wishes, and who is written to no more."""

from mail.models.links import LinkPurpose, MailLink
from mail.models.outgoing import MailStatus, OutgoingMail
from mail.models.preferences import ChoicePlace, MailFrequency, MailPreference
from mail.models.requests import MailRequest
from mail.models.suppressed import SuppressedAddress

__all__ = [
    "ChoicePlace",
    "LinkPurpose",
    "MailFrequency",
    "MailLink",
    "MailPreference",
    "MailRequest",
    "MailStatus",
    "OutgoingMail",
    "SuppressedAddress",
]
