"""From where something was sent: what is known of a request beside what somebody typed."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

from people.devices import find_trusted_device
from people.models import Device, Participant
from people.networks import network_digest


@dataclass(frozen=True)
class Origin:
    """The network as a digest, the device where it is trusted for the guest, and what the form noticed.

    `signals` (`too_fast`, `honeypot`) are kept for screening. A guest's address may be verified by other
    means than a device (`is_verified`), as where a conversation is imported.
    """

    network: str = ""
    device: Device | None = None
    signals: frozenset[str] = frozenset()
    is_verified: bool = False

    @classmethod
    def of(cls, request: HttpRequest, *, address: str = "", signals: frozenset[str] = frozenset()) -> Self:
        """Return the origin of a request; a device is trusted for that `address` alone."""
        device = find_trusted_device(request, address)
        return cls(network_digest(request), device, signals, is_verified=device is not None)

    @property
    def guest(self) -> Participant | None:
        """The guest for whom the device is trusted."""
        return self.device.participant if self.device else None
