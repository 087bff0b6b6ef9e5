"""How a name and a password are checked."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import get_user_by_username
from django.http import HttpRequest

from people.models import User


class OneHashBackend(AuthenticationBackend):
    """Allauth's, which asks for each name the same questions and hashes one password.

    Its own tries an address twice, as a name and as an address: whoever has an account is told by twice the
    time (65.21: look again with the next). Where nobody is called so, it hashes the password of nobody.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        typed = credentials.get("email") or credentials.get("username") or ""
        by_address = User.objects.filter(email__iexact=typed).first()
        by_name = get_user_by_username(typed)
        return self._check_password(by_address or by_name, credentials["password"])
