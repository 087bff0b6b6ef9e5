"""What follows when somebody's account changes, and when they sign in or out."""

from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from people.actions import begin_session, end_sessions
from people.devices import name_device
from people.models import GroupProfile, User
from people.models.accounts import NAMED_BY
from people.models.shapes import write_shapes_of_groups, write_shapes_of_users
from people.provider.actions import keep_tokens
from people.provider.attempts import PENDING_SIGN_IN
from people.sessions import MARK, session_of


@receiver(post_save, sender=User)
def forget_former_addresses(
    instance: User, update_fields: frozenset[str] | None = None, raw: bool = False, **kwargs: object
) -> None:
    """An address that an administrator has replaced no longer signs anybody in, nor resets a password."""
    # Each sign-in saves `last_login` alone, and changes no address.
    if not raw and (update_fields is None or "email" in update_fields):
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()


@receiver(post_save, sender=User)
def end_sessions_of_disabled(instance: User, raw: bool = False, **kwargs: object) -> None:
    """Disabling an account ends its sessions: enabling it again does not bring them back."""
    if not raw and not instance.is_active:
        end_sessions(instance, by=None)


@receiver(post_save, sender=User)
def keep_shapes_of_user(
    instance: User, update_fields: frozenset[str] | None = None, **kwargs: object
) -> None:
    if update_fields is None or not NAMED_BY.isdisjoint(update_fields):
        write_shapes_of_users([instance.pk])


@receiver(post_save, sender=Group)
def keep_shapes_of_group(instance: Group, **kwargs: object) -> None:
    write_shapes_of_groups([instance.pk])


@receiver(post_save, sender=GroupProfile)
def keep_shapes_of_profile(instance: GroupProfile, **kwargs: object) -> None:
    write_shapes_of_groups([instance.group_id])


@receiver(post_delete, sender=GroupProfile)
def forget_shapes_of_profile(instance: GroupProfile, origin: object = None, **kwargs: object) -> None:
    """The names in other languages go with the profile; where the group goes, its shapes went before it."""
    if isinstance(origin, GroupProfile) or getattr(origin, "model", None) is GroupProfile:
        write_shapes_of_groups([instance.group_id])


@receiver(user_logged_in)
def begin_session_of_user(request: HttpRequest, user: User, **kwargs: object) -> None:
    session = begin_session(user, former=session_of(request), **name_device(request))
    request.session[MARK] = session.pk
    request.user_session = session
    keep_tokens(session, request.session.pop(PENDING_SIGN_IN, None))


@receiver(user_logged_out)
def forget_session(request: HttpRequest, **kwargs: object) -> None:
    session = session_of(request)
    if session is not None:
        session.delete()


@receiver([password_changed, password_set, password_reset])
def end_sessions_with_former_password(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Whoever knew the old password is out; the browser in which it was changed stays."""
    end_sessions(user, by=None, keep=session_of(request))


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_sessions_with_former_factors(request: HttpRequest, user: User, **kwargs: object) -> None:
    """Other browsers sign in anew, by the steps that hold from now on."""
    end_sessions(user, by=None, keep=session_of(request))
