"""A sign-in that is refused half-way leaves nothing behind in the session.

Allauth keeps a sign-in that is not through yet, and what was shown for it, in the session; it has no public
function that forgets both.
"""

from allauth.account.internal.stagekit import clear_login

from portal.wagtail_patches import Patch

PATCH = Patch(
    "django-allauth",
    "65.21.1",
    "`clear_login` in allauth/account/internal/stagekit.py: that it still forgets the sign-in and what "
    "was shown for it, and whether there is a public name for it by now",
)

__all__ = ["PATCH", "clear_login"]
