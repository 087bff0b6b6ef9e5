"""The session of a request: found, held to its limits, and stamped."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest
from django.utils import timezone

from people.models import User, UserSession

MARK = "user_session"  # under which the session's data names its row
STAMPED_EVERY = timedelta(minutes=1)


class SignedInRequest(HttpRequest):
    """The request of somebody signed in, for views that nobody else reaches: a type, never made."""

    user: User
    user_session: UserSession


def session_of(request: HttpRequest) -> UserSession | None:
    """Return the row that the request's session names, if it is still there."""
    sessions = UserSession.objects.select_related("provider_session__identity")
    return sessions.filter(pk=request.session.get(MARK)).first()


def hold_to_limits(request: HttpRequest) -> None:
    """Sign out whoever's session was ended, is over, or belongs to an account that is closed by now.

    Costs one query for somebody signed in, and none for anybody else.
    """
    request.user_session = None
    # The cookie first: whoever looks into the session makes the answer vary by it, and no page could be kept.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return
    session = session_of(request)  # before Django forgets a session with a former password
    user = request.user
    if session is not None and session.user_id == user.pk:
        # The same object: `is_over` asks its rights, which are read once.
        session.user = user
        if not session.is_over:
            request.user_session = session
            return
    if session is not None:
        session.delete()
    logout(request)


def stamp(session: UserSession) -> None:
    """Note that somebody is there, at most once a minute: looking at a page is not to write each time."""
    now = timezone.now()
    if session.seen_at <= now - STAMPED_EVERY:
        # Asked once more by the statement: of several requests at once, one writes.
        UserSession.objects.filter(pk=session.pk, seen_at__lte=now - STAMPED_EVERY).update(seen_at=now)
