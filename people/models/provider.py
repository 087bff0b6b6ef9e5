"""Who somebody is at the organisation's identity provider, and what lets us ask there again."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.accounts import User
from people.models.sessions import UserSession

BELIEVED = timedelta(minutes=1)  # how long the last answer is good for others while one request asks again


class ProviderIdentity(models.Model):
    """The person whom a provider calls `subject`: issuer and subject say who it is, and nothing else does.

    Whoever has one signs in there, and in no other way.
    """

    user = models.OneToOneField(
        User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="provider_identity"
    )
    issuer = models.CharField(_("provider"), max_length=255)
    subject = models.CharField(_("known there as"), max_length=255)
    linked_at = models.DateTimeField(_("known here since"), default=timezone.now)

    class Meta:
        verbose_name = _("identity at the provider")
        verbose_name_plural = _("identities at the provider")
        default_permissions = ()
        constraints = [
            # By the pair, a sign-in finds its account: two rows would be two accounts for one person.
            models.UniqueConstraint(fields=["issuer", "subject"], name="people_identity_is_one"),
            # Nobody is recognised by an empty name.
            models.CheckConstraint(
                condition=~models.Q(issuer="") & ~models.Q(subject=""), name="people_identity_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ProviderSession(models.Model):
    """A session of whom the provider has authenticated, which it confirms each time it is asked.

    A provider that speaks SAML cannot be asked, has given no tokens, and is believed until `ends_at`.

    `sealed_tokens` is encrypted. `asking_until` says for how long no other request than the one that asks may
    ask, and `unavailable_until` when a provider that was unavailable is asked again.
    """

    session = models.OneToOneField(
        UserSession, verbose_name=_("session"), on_delete=models.CASCADE, related_name="provider_session"
    )
    identity = models.ForeignKey(
        ProviderIdentity, verbose_name=_("identity at the provider"), on_delete=models.CASCADE
    )
    sealed_tokens = models.TextField(editable=False)
    has_second_step = models.BooleanField(_("second step taken there"), default=False)
    checked_at = models.DateTimeField(_("confirmed by the provider at"), default=timezone.now)
    ends_at = models.DateTimeField(_("confirmed by the provider until"), null=True, blank=True)
    asking_until = models.DateTimeField(null=True, blank=True, editable=False)
    unavailable_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("session by the provider")
        verbose_name_plural = _("sessions by the provider")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.session)

    @property
    def is_due(self) -> bool:
        """Whether the provider is to be asked before the session goes on."""
        # Of a provider that the settings no longer name: asked about, it is refused.
        if self.identity.issuer != settings.PROVIDER_ISSUER:
            return True
        now = timezone.now()
        if self.ends_at is not None:
            return now >= self.ends_at
        is_fresh = now < self.checked_at + timedelta(seconds=settings.PROVIDER_RECHECK_SECONDS)
        return not is_fresh and (self.unavailable_until is None or now >= self.unavailable_until)

    @property
    def is_believed(self) -> bool:
        """Whether others go on while one request asks again: the last answer, or its absence, is fresh."""
        if self.identity.issuer != settings.PROVIDER_ISSUER:
            return False
        return timezone.now() < max(self.checked_at, self.unavailable_until or self.checked_at) + BELIEVED
