"""The rules of what is kept of people themselves: mail, browsers, sessions, what the frameworks note."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from mail.models import MailLink, MailPreference, MailRequest, MailStatus, OutgoingMail, SuppressedAddress
from people.models import Device, Participant, ProviderIdentity, User, UserSession
from portal.models import CacheEntry
from privacy.models import Consent, Erasure
from privacy.personal_data import MEMBERSHIPS, labels
from privacy.retention import RetentionRule, StandingRule

DELETED = _("It is deleted.")


def settled_mail(cutoff: datetime) -> QuerySet:
    settled = OutgoingMail.objects.filter(status__in=[MailStatus.SENT, MailStatus.DROPPED])
    return settled.filter(queued_at__lte=cutoff)


def dead_mail(cutoff: datetime) -> QuerySet:
    return OutgoingMail.objects.filter(status=MailStatus.DEAD, queued_at__lte=cutoff)


def asked_for_mail(cutoff: datetime) -> QuerySet:
    return MailRequest.objects.filter(asked_at__lte=cutoff)


def closed_links(cutoff: datetime) -> QuerySet:
    return MailLink.objects.filter(expires_at__lte=cutoff)


def former_devices(cutoff: datetime) -> QuerySet:
    return Device.objects.filter(Q(expires_at__lte=cutoff) | Q(revoked_at__lte=cutoff))


def ended_sessions(cutoff: datetime) -> QuerySet:
    # No column says when a session was over: at the latest it is a lifetime after its start.
    return UserSession.objects.filter(started_at__lte=cutoff - UserSession.lifetime())


def expired_cookies(cutoff: datetime) -> QuerySet:
    return Session.objects.filter(expire_date__lte=cutoff)


def counted_attempts(cutoff: datetime) -> QuerySet:
    return CacheEntry.objects.filter(expires__lte=cutoff)


def unsaved_forms(cutoff: datetime) -> QuerySet:
    return FormState.objects.filter(last_updated_at__lte=cutoff)


def open_editors(cutoff: datetime) -> QuerySet:
    return EditingSession.objects.filter(last_seen_at__lte=cutoff)


def finished_tasks(cutoff: datetime) -> QuerySet:
    return DBTaskResult.objects.filter(finished_at__lte=cutoff)


def acts_on_people(cutoff: datetime) -> QuerySet:
    models = ContentType.objects.get_for_models(User, Participant, OutgoingMail)
    return ModelLogEntry.objects.filter(content_type__in=models.values(), timestamp__lte=cutoff)


RULES = (
    RetentionRule(
        "mail",
        "mail",
        _("That we wrote to somebody: when, and of what kind; never the words"),
        _("from when the message was written down"),
        DELETED,
        labels(OutgoingMail),
        settled_mail,
    ),
    RetentionRule(
        "dead mail",
        "dead_mail",
        _("A message that could not be sent"),
        _("from when the message was written down"),
        DELETED,
        labels(OutgoingMail),
        dead_mail,
    ),
    RetentionRule(
        "mail requests",
        "mail_requests",
        _("That somebody asked for the link to their page, with a digest of their network"),
        _("from when it was asked; the address itself goes when the message leaves"),
        DELETED,
        labels(MailRequest),
        asked_for_mail,
    ),
    RetentionRule(
        "links",
        "links",
        _("A link that we mailed, as a digest"),
        _("from when it no longer opens anything"),
        DELETED,
        labels(MailLink),
        closed_links,
    ),
    RetentionRule(
        "devices",
        "devices",
        _("A browser that vouched for an address"),
        _("from when it no longer does"),
        DELETED,
        labels(Device),
        former_devices,
    ),
    RetentionRule(
        "sessions",
        "sessions",
        _("That somebody was signed in, and in which browser"),
        _("from when the session was over; one that is ended by hand goes at once"),
        DELETED,
        labels(UserSession),
        ended_sessions,
    ),
    RetentionRule(
        "session cookies",
        "sessions",
        _("What the cookie of a session stands for"),
        _("from when it expired"),
        DELETED,
        labels(Session),
        expired_cookies,
    ),
    RetentionRule(
        "attempts",
        "attempts",
        _("Notes by which attempts to sign in are counted, with the address of the network"),
        _("from when they no longer count"),
        DELETED,
        labels(CacheEntry),
        counted_attempts,
    ),
    RetentionRule(
        "unsaved forms",
        "unsaved",
        _("What an editor typed and did not save"),
        _("from the last change"),
        DELETED,
        labels(FormState),
        unsaved_forms,
    ),
    RetentionRule(
        "open editors",
        "unsaved",
        _("That somebody had a page open in the editor"),
        _("from when they were last seen there"),
        DELETED,
        labels(EditingSession),
        open_editors,
    ),
    RetentionRule(
        "tasks",
        "tasks",
        _("Work that the portal did in the background"),
        _("from when it was done"),
        DELETED,
        labels(DBTaskResult),
        finished_tasks,
    ),
    RetentionRule(
        "acts",
        "acts",
        _("What administrators did with accounts, and whose data they exported or erased"),
        _("from when they did it"),
        DELETED,
        labels(ModelLogEntry),
        acts_on_people,
    ),
    StandingRule(
        _("An account: name, address, role, groups, second step, settings"),
        _("Until it is erased, by the person or by an administrator."),
        labels(
            User,
            ProviderIdentity,
            Authenticator,
            EmailAddress,
            UserProfile,
            APIToken,
            PageSubscription,
            *MEMBERSHIPS,
        ),
    ),
    StandingRule(
        _("Who speaks: name, address, language"),
        _("As long as something they said is kept; until they erase it."),
        labels(Participant),
    ),
    StandingRule(
        _("What somebody wishes to be told, and how often"),
        _("Until they choose otherwise, or erase everything."),
        labels(MailPreference),
    ),
    StandingRule(
        _("What somebody agreed to and took back: when, where, and in which words"),
        _("As long as the person is known here, or the comment it was given for is kept."),
        labels(Consent),
    ),
    StandingRule(
        _("That an address is not to be written to, as a digest that names nobody"),
        _("For good: whoever complained is never written to again."),
        labels(SuppressedAddress),
    ),
    StandingRule(
        _("That somebody was erased, without a name"),
        _("As long as there are backups that remember them."),
        labels(Erasure),
    ),
)


def retention_rules() -> tuple[RetentionRule | StandingRule, ...]:
    return RULES
