"""Sessions of people who are signed in."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.accounts import User
from people.models.browsers import InBrowser


class UserSessionQuerySet(models.QuerySet):
    """Sessions, by what is asked of them."""

    def open_of(self, user: User) -> "UserSessionQuerySet":
        """The sessions in which `user` is signed in, the one last used first."""
        return self.filter(user=user, started_at__gt=timezone.now() - UserSession.lifetime())


class UserSession(InBrowser):
    """Somebody signed in, in one browser. Whoever deletes the row ends the session, for good.

    It ends `PARLEY_SESSION_HOURS` after signing in, whatever is done in it. With rights in the admin it also
    ends when nothing has been done for `PARLEY_IDLE_MINUTES`; `seen_at` is right to the minute.
    """

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(_("signed in at"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen at"), default=timezone.now)

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_over(self) -> bool:
        """Whether a limit has passed."""
        now = timezone.now()
        if now >= self.started_at + self.lifetime():
            return True
        is_idle = now >= self.seen_at + timedelta(minutes=settings.IDLE_MINUTES)
        # Rights are asked last: they cost queries, and few sessions are idle.
        return is_idle and self.user.has_perm("wagtailadmin.access_admin")

    @staticmethod
    def lifetime() -> timedelta:
        """How long a session can last."""
        return timedelta(hours=settings.SESSION_HOURS)
