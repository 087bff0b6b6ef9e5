"""Second factors of others."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from people.actions.sessions import end_sessions
from people.models import User
from people.permissions import PersonPermissions


def reset_factors(user: User, *, by: User | None) -> bool:
    """Take away all second factors of `user`, who has lost them, and sign them out everywhere.

    Return whether there were any. `by` is None where whoever keeps the machine does it. Raises
    `PermissionDenied` for one's own: those are changed in one's account, with a factor in hand.
    """
    if by is not None and not PersonPermissions(by).can_reset_factors(user):
        raise PermissionDenied
    with transaction.atomic():
        removed, _by_model = Authenticator.objects.filter(user=user).delete()
        if removed:
            # `None`: a part of this act, which is logged below; by itself it is not logged a second time.
            end_sessions(user, by=None)
            log(instance=user, action="people.reset_factors", user=by)
    return bool(removed)
