"""Second factors: how allauth keeps them here, and who must have one."""

import base64
import secrets
from io import BytesIO

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathImage

from people.ciphers import decrypt, encrypt
from people.models import User, UserSession
from portal.wagtail_patches.second_factor_name import NamedByPortal

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# A code is accepted in its half minute, and in the one before and after: it is refused again for longer.
CODE_IS_REMEMBERED = 120  # seconds


def lacks_required_factor(user: User, session: UserSession) -> bool:
    """Whether `user` must set up a second factor before entering the admin in this session."""
    if not settings.REQUIRE_MFA or _has_second_step_at_provider(session):
        return False
    return not MFAAdapter().is_mfa_enabled(user, types=SECOND_FACTORS)


def _has_second_step_at_provider(session: UserSession) -> bool:
    return hasattr(session, "provider_session") and session.provider_session.has_second_step


def use_code(user: User, code: str) -> bool:
    """Note that a code was used; return False where it had been already, be it in this very moment."""
    digits = "".join(filter(str.isalnum, code))
    return cache.add(f"people.factors.used:{user.pk}:{digits}", 1, timeout=CODE_IS_REMEMBERED)


class MFAAdapter(NamedByPortal, DefaultMFAAdapter):
    """Secrets are encrypted, names and sentences are ours, and the QR code is drawn here."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not right, or was used already. Please try the next one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Without the key of the site no code can be right: nobody knows the secret that is used instead."""
        return decrypt(encrypted_text) or base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathImage, border=2).save(drawn)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}
