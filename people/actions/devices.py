"""Devices of guests: trusted for an address, opened to the personal page, and revoked."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from people.models import Device, Participant
from people.models.devices import DEVICE_LIFETIME, VISIT_LIFETIME
from people.tokens import random_token


def trust_device(
    participant: Participant, *, browser: str, system: str, former: Device | None = None
) -> tuple[Device, str]:
    """Trust a browser for `participant` for 30 days; return the device with the token of its cookie.

    `former` is what the same browser was until now: the new cookie takes its place. Where it was trusted for
    the same guest already, it stays the device that it was, with what was sent from it.
    """
    now = timezone.now()
    token = random_token()
    trust = {
        "digest": Device.digest_of(token),
        "browser": browser,
        "system": system,
        "confirmed_at": now,
        "last_used_at": now,
        "expires_at": now + DEVICE_LIFETIME,
    }
    with transaction.atomic():
        if former is not None:
            # Nothing is updated where it was revoked meanwhile: then the browser is a new device.
            standing = Device.objects.valid().filter(pk=former.pk)
            if former.participant_id == participant.pk and standing.update(**trust):
                former.refresh_from_db()
                return former, token
            standing.update(revoked_at=now)
        device = Device.objects.create(participant=participant, **trust)
    return device, token


def open_page(
    participant: Participant, *, browser: str, system: str, former: Device | None = None
) -> tuple[Device, str | None]:
    """Open the personal page in a browser for half an hour; return it, and the token where the cookie is new.

    A device that is trusted for the participant already stays so. Any other is trusted no longer than the
    page is open: it may be somebody else's.
    """
    now = timezone.now()
    token = None
    if former is not None and former.is_valid and former.participant_id == participant.pk:
        device = former
    else:
        device, token = trust_device(participant, browser=browser, system=system, former=former)
        device.expires_at = now + VISIT_LIFETIME
    # At the latest with the trust in the device.
    device.page_closes_at = min(now + VISIT_LIFETIME, device.expires_at)
    device.save(update_fields=["expires_at", "page_closes_at"])
    return device, token


def leave_page(device: Device) -> None:
    """Close the personal page in a device, which stays trusted. The second time changes nothing."""
    Device.objects.filter(pk=device.pk).update(page_closes_at=None)


def revoke_device(device: Device, *, by: Participant) -> bool:
    """Trust a device no more; return whether it still was trusted.

    Raises `PermissionDenied` for the device of somebody else.
    """
    if device.participant_id != by.pk:
        raise PermissionDenied
    now = timezone.now()
    devices = Device.objects.filter(pk=device.pk, revoked_at__isnull=True)
    return bool(devices.update(revoked_at=now, page_closes_at=None))
