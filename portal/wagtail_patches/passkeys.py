"""Every passkey is made so that it can sign in alone.

Allauth lets whoever makes a key choose; here nobody is asked, so the options are made anew by its own
function, for which it has no public name.
"""

from allauth.mfa.webauthn.internal.auth import begin_registration

from portal.wagtail_patches import Patch

PATCH = Patch(
    "django-allauth",
    "65.21.1",
    "`begin_registration` in allauth/mfa/webauthn/internal/auth.py: that `passwordless` still asks for a "
    "key that stays in the device and checks the person, and that `AddWebAuthnView` in "
    "allauth/mfa/webauthn/views.py still takes its options from `js_data`",
)

__all__ = ["PATCH", "begin_registration"]
