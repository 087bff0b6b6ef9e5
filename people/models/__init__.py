"""Who speaks: people with an account, their groups and sessions, and participants in a conversation."""

from people.models.accounts import HasRole, Side, User
from people.models.devices import Device
from people.models.groups import GroupKey, GroupProfile
from people.models.participants import Participant
from people.models.provider import ProviderIdentity, ProviderSession
from people.models.sections import GroupSection
from people.models.sessions import UserSession
from people.models.shapes import NameShape

__all__ = [
    "Device",
    "GroupKey",
    "GroupProfile",
    "GroupSection",
    "HasRole",
    "NameShape",
    "Participant",
    "ProviderIdentity",
    "ProviderSession",
    "Side",
    "User",
    "UserSession",
]
