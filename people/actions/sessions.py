"""Sessions of people who are signed in: begun, and ended."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from people.models import User, UserSession
from people.permissions import PersonPermissions


def begin_session(user: User, *, browser: str, system: str, former: UserSession | None = None) -> UserSession:
    """Write down that `user` has signed in, and forget their sessions that are over.

    `former` is the session that the same browser had until now: it ends.
    """
    with transaction.atomic():
        if former is not None:
            former.delete()
        # One by one: whether a session is over, the model tells, by more than one limit.
        for session in UserSession.objects.filter(user=user):
            if session.is_over:
                session.delete()
        return UserSession.objects.create(user=user, browser=browser, system=system)


def end_session(session: UserSession, *, by: User) -> None:
    """Sign somebody out in one browser, for good; the second time changes nothing.

    Raises `PermissionDenied` for the session of somebody else.
    """
    if session.user_id != by.pk:
        raise PermissionDenied
    UserSession.objects.filter(pk=session.pk).delete()


def end_sessions(user: User, *, by: User | None, keep: UserSession | None = None) -> int:
    """Sign `user` out in every browser but `keep`, for good; return in how many.

    Where somebody else does it, it is logged, and `PermissionDenied` is raised if they may not. `by` is None
    where the portal itself does it, because the account or its password has changed.
    """
    if by is not None and by != user and not PersonPermissions(by).can_end_sessions(user):
        raise PermissionDenied
    sessions = UserSession.objects.filter(user=user)
    if keep is not None:
        sessions = sessions.exclude(pk=keep.pk)
    with transaction.atomic():
        ended, _by_model = sessions.delete()
        if ended and by is not None and by != user:
            log(instance=user, action="people.end_sessions", user=by, data={"sessions": ended})
    return ended
