"""A name and a password are checked in the same time, whoever is called so.

Allauth tries an address twice, as a name and as an address, and hashes a password each time that it finds
somebody: whoever has an account is told by twice the time. It has no setting for this, so what tries is
replaced (`AUTHENTICATION_BACKENDS`).
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import get_user_by_username
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from portal.wagtail_patches import Patch

PATCH = Patch(
    "django-allauth",
    "65.21.1",
    "`AuthenticationBackend._authenticate` and `_check_password` in allauth/account/auth_backends.py: how"
    " often they hash, and that nobody is still hashed for (`_did_check_password`) where nobody is called"
    " so",
)


class OneHashBackend(AuthenticationBackend):
    """Allauth's, which asks for each name the same questions and hashes one password.

    Where nobody is called so, it hashes the password of nobody.
    """

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """Return who is signed in, with the profile that each page of the admin asks for: one statement."""
        people = get_user_model().objects.select_related("wagtail_userprofile")
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        typed = credentials.get("email") or credentials.get("username") or ""
        # Both are asked, though the first may answer: no fewer statements for whoever has an account (R31).
        by_address = get_user_model().objects.with_address(typed).first()
        by_name = get_user_by_username(typed)
        return self._check_password(by_address or by_name, credentials["password"])
