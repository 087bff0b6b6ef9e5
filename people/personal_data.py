"""What the portal keeps about a person: every app says what it holds, and knows how to erase it.

An app registers a `PersonalData` on the hook `personal_data`. Exports and erasures ask them all, so that
nothing is forgotten that an app knows of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from wagtail import hooks

from people.models import (
    Device,
    MailLink,
    MailPreference,
    OutgoingMail,
    Participant,
    ProviderIdentity,
    User,
    UserSession,
)

Row = dict[str, object]


@dataclass(frozen=True)
class PersonalData:
    """One app's part: `export` returns its rows by the name of their table, `erase` blanks them.

    Erasing runs within the transaction of the whole; the second time it changes nothing.
    """

    export: Callable[[Participant], dict[str, list[Row]]]
    erase: Callable[[Participant], None]


def personal_data() -> list[PersonalData]:
    """Return what every app holds; who depends on others comes first."""
    return [part for offer in hooks.get_hooks("personal_data") for part in offer()]


def rows_of(queryset: models.QuerySet, fields: Iterable[str]) -> list[Row]:
    """Return the rows as they are exported: each field by its name."""
    return list(queryset.order_by("pk").values(*fields))


def export(participant: Participant) -> dict[str, list[Row]]:
    """Return what `people` itself keeps."""
    account = User.objects.filter(pk=participant.user_id)
    return {
        "participant": rows_of(
            Participant.objects.filter(pk=participant.pk),
            ("name", "email", "language", "joined_at", "verified_at"),
        ),
        "account": rows_of(
            account,
            (
                "username",
                "email",
                "first_name",
                "last_name",
                "role_label",
                "language",
                "is_active",
                "date_joined",
                "last_login",
            ),
        ),
        "identity_at_provider": rows_of(
            ProviderIdentity.objects.filter(user=participant.user_id), ("issuer", "subject", "linked_at")
        ),
        "sessions": rows_of(
            UserSession.objects.filter(user=participant.user_id),
            ("browser", "system", "started_at", "seen_at"),
        ),
        "mail_preferences": rows_of(
            MailPreference.objects.filter(participant=participant),
            ("topic", "frequency", "wording", "chosen_at"),
        ),
        "mail": rows_of(
            OutgoingMail.objects.filter(participant=participant),
            ("kind", "status", "queued_at", "due_at", "sent_at"),
        ),
        "devices": rows_of(
            Device.objects.filter(participant=participant),
            ("browser", "system", "confirmed_at", "last_used_at", "expires_at", "revoked_at"),
        ),
    }


def erase(participant: Participant) -> None:
    """Nothing more is sent, and what was wished or sent is forgotten."""
    OutgoingMail.objects.filter(participant=participant).delete()
    for model in (MailPreference, MailLink, Device):
        model.objects.filter(participant=participant).delete()
    for model in (UserSession, ProviderIdentity):
        model.objects.filter(user=participant.user_id).delete()


OWN = (PersonalData(export, erase),)
