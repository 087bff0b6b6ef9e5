"""Who speaks: people with an account, and participants in a conversation; and what they are told."""

from people.models.accounts import HasRole, Side, User
from people.models.consents import Consent, ConsentKind, ConsentPlace
from people.models.devices import Device
from people.models.erasures import Erasure
from people.models.groups import GroupKey, GroupProfile
from people.models.links import LinkPurpose, MailLink
from people.models.mail import (
    MailFrequency,
    MailPreference,
    MailStatus,
    MailTopic,
    OutgoingMail,
    SuppressedAddress,
)
from people.models.participants import Participant
from people.models.provider import ProviderIdentity, ProviderSession
from people.models.requests import MailRequest
from people.models.sessions import UserSession
from people.models.shapes import NameShape

__all__ = [
    "Consent",
    "ConsentKind",
    "ConsentPlace",
    "Device",
    "Erasure",
    "GroupKey",
    "GroupProfile",
    "HasRole",
    "LinkPurpose",
    "MailFrequency",
    "MailLink",
    "MailPreference",
    "MailRequest",
    "MailStatus",
    "MailTopic",
    "NameShape",
    "OutgoingMail",
    "Participant",
    "ProviderIdentity",
    "ProviderSession",
    "Side",
    "SuppressedAddress",
    "User",
    "UserSession",
]
