"""Participants: whoever speaks in a conversation."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.accounts import NO_ADDRESS, User

NAMELESS = "–"  # no part of an address stands for a name


def random_mail_key() -> str:
    """Return what stands for a participant in the addresses of their mail: 128 bits that tell nothing."""
    return secrets.token_hex(16)


def reachable(participant: str) -> Q:
    """Return the condition that is `Participant.is_reachable`, of whom `participant` leads to."""
    no_address = Q(**{f"{participant}__user__email__endswith": f"@{NO_ADDRESS}"})
    confirmed = Q(**{f"{participant}__user": None, f"{participant}__verified_at__isnull": False})
    return confirmed | (Q(**{f"{participant}__user__is_active": True}) & ~no_address)


class Participant(models.Model):
    """Whoever speaks: a signed-in person, or a guest known by an address.

    A guest's address is verified once they have answered a message sent to it (`verified_at`).
    """

    user = models.OneToOneField(
        User,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participant",
    )
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    mail_key = models.CharField(max_length=32, unique=True, default=random_mail_key, editable=False)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            # Among guests: somebody with an account may have spoken as a guest under the same address before.
            models.UniqueConstraint(
                fields=["email"], condition=Q(user__isnull=True), name="people_participant_guest_email"
            ),
            # A guest is known by the address alone; that of an account stands in the account.
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(email=""), name="people_participant_is_reachable"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, user: User) -> "Participant":
        """Return the participant that somebody with an account is, from their first word or message on."""
        participant, _created = cls.objects.get_or_create(
            user=user,
            defaults={"name": user.display_name, "email": user.email, "language": user.language},
        )
        return participant

    @classmethod
    def guest_at(cls, address: str, *, language: str) -> "Participant":
        """Return the guest of an address; who has given no name so far is known by the address alone."""
        participant, _created = cls.objects.get_or_create(
            user=None, email=address, defaults={"name": NAMELESS, "language": language}
        )
        return participant

    @property
    def is_guest(self) -> bool:
        return self.user_id is None

    @property
    def address(self) -> str:
        """Where this participant gets mail: an employee's own account says so."""
        return self.user.email if self.user else self.email

    @property
    def mail_language(self) -> str:
        """In which language this participant is written to."""
        return self.user.language if self.user else self.language

    @property
    def is_reachable(self) -> bool:
        """Whether the address is known to be theirs: an account in use, or an address confirmed.

        `reachable` says the same to a query.
        """
        return self.user.is_active and self.user.has_address if self.user else self.verified_at is not None
