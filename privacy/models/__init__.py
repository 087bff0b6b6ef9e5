"""What people agreed to, and who was forgotten."""

from privacy.models.consents import Consent
from privacy.models.erasures import Erasure

__all__ = ["Consent", "Erasure"]
