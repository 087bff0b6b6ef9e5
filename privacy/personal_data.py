"""What the portal keeps about a person: every app says what it holds, and knows how to erase it.

An app registers a `PersonalData` on the hook `personal_data`. Exports and erasures ask them all, so that
nothing is forgotten that an app knows of. A part also names its tables: those that an erasure empties or
blanks, and those that it leaves as they are, each with the reason. A test finds a table that nobody names.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Case, F, Value, When
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, Page, PageSubscription
from wagtail.users.models import UserProfile

from mail.models import MailLink, MailPreference, MailRequest, OutgoingMail, SuppressedAddress
from people.models import Device, Participant, ProviderIdentity, User, UserSession
from people.permissions import viewer_of
from portal.permissions import PortalPagePermissionTester, title_for
from privacy.models import Consent

Row = dict[str, object]
CONSENT_FIELDS = ("kind", "is_given", "wording", "language", "place", "version", "recorded_at")


def _itself(row: models.Model) -> models.Model:
    return row


@dataclass(frozen=True)
class Texts:
    """Rows that stay when somebody is erased, and the fields of theirs in which that person may be named.

    `subject_of` returns what a row belongs to, where several tell of one thing; `url_of` where somebody may
    look at it, or an empty string. Without, it is where the admin edits it.
    """

    rows: models.QuerySet
    fields: Iterable[str]
    kind: str | Promise = ""
    subject_of: Callable[[models.Model], models.Model] = _itself
    url_of: Callable[[models.Model, User], str] | None = None


def _nothing(participant: Participant) -> tuple[()]:
    return ()


def _correct_nothing(participant: Participant, former: str, name: str, by: User) -> int:
    return 0


@dataclass(frozen=True)
class PersonalData:
    """One app's part: `export` returns its rows by the name of their table, `erase` blanks them.

    Erasing runs within the transaction of the whole; the second time it changes nothing. `tables` are what
    it reaches, by the label of their model; `left` says of others why they stay. Rows of these tables that
    are somebody else's stay as well: `texts` returns those that may name the person. `names` returns what
    the app calls them; `correct_name` writes another name in the place of a former one; it returns how often.
    """

    export: Callable[[Participant], dict[str, list[Row]]]
    erase: Callable[[Participant], None]
    tables: frozenset[str] = frozenset()
    left: Mapping[str, str] = field(default_factory=dict)
    names: Callable[[Participant], Iterable[str]] = _nothing
    texts: Callable[[Participant], Iterable[Texts]] = _nothing
    correct_name: Callable[[Participant, str, str, User], int] = _correct_nothing


def personal_data() -> list[PersonalData]:
    """Return what every app holds; who depends on others comes first."""
    return [part for offer in hooks.get_hooks("personal_data") for part in offer()]


def kept_of(participant: Participant) -> dict[str, int]:
    """Return how many rows each table holds about a participant, leaving out the empty ones."""
    counts: dict[str, int] = {}
    for part in personal_data():
        counts |= {name: len(rows) for name, rows in part.export(participant).items() if rows}
    return counts


def rows_of(queryset: models.QuerySet, fields: Iterable[str]) -> list[Row]:
    """Return the rows as they are exported: each field by its name, and none by a key of ours.

    A page is exported as its `page_title` (`portal.permissions.title_for`): it is told to those alone who may
    read the page now.
    """
    return list(queryset.order_by("pk").values(*fields))


def export(participant: Participant) -> dict[str, list[Row]]:
    """Return what is kept of people themselves: the account, the browsers, the mail."""
    return {**_export_person(participant), **_export_account(participant), **_export_mail(participant)}


def _export_person(participant: Participant) -> dict[str, list[Row]]:
    return {
        "participant": rows_of(
            Participant.objects.filter(pk=participant.pk),
            ("name", "email", "language", "joined_at", "verified_at"),
        ),
        "devices": rows_of(
            Device.objects.filter(participant=participant),
            ("browser", "system", "confirmed_at", "last_used_at", "expires_at", "revoked_at"),
        ),
    }


def _export_account(participant: Participant) -> dict[str, list[Row]]:
    """Return what belongs to an account; of what is secret, only that it is there."""
    user = participant.user_id
    return {
        "account": rows_of(
            User.objects.filter(pk=user),
            (
                "username",
                "email",
                "first_name",
                "last_name",
                "role_label_fr",
                "role_label_en",
                "language",
                "is_active",
                "date_joined",
                "last_login",
            ),
        ),
        "identity_at_provider": rows_of(
            ProviderIdentity.objects.filter(user=user), ("issuer", "subject", "linked_at")
        ),
        "groups": rows_of(User.groups.through.objects.filter(user=user), ("group__name",)),
        "addresses": rows_of(EmailAddress.objects.filter(user=user), ("email", "verified", "primary")),
        "second_steps": rows_of(
            Authenticator.objects.filter(user=user), ("type", "data__name", "created_at", "last_used_at")
        ),
        "sessions": rows_of(
            UserSession.objects.filter(user=user), ("browser", "system", "started_at", "seen_at")
        ),
        "admin_profile": rows_of(
            UserProfile.objects.filter(user=user),
            ("preferred_language", "current_time_zone", "avatar", "theme", "density", "contrast"),
        ),
        "unsaved_forms": rows_of(_unsaved_forms(participant.user), ("last_updated_at", "what_was_typed")),
        "page_subscriptions": rows_of(
            PageSubscription.objects.filter(user=user).annotate(page_title=title_for(viewer_of(participant))),
            ("page_title",),
        ),
        "api_tokens": rows_of(APIToken.objects.filter(user=user), ("name", "created", "last_used_at")),
        # Not on whom: that is somebody else's.
        "acts": rows_of(ModelLogEntry.objects.filter(user=user), ("timestamp", "action")),
    }


def _unsaved_forms(user: User | None) -> models.QuerySet[FormState]:
    """Return unsaved forms; `what_was_typed` only where they may edit it now: it holds what a page said."""
    states = FormState.objects.filter(user=user).exclude(user=None).select_related("content_type")
    theirs = [state.pk for state in states if _may_edit(user, state)]
    shown = Case(When(pk__in=theirs, then=F("data")), default=Value(""), output_field=models.TextField())
    return states.annotate(what_was_typed=shown)


def _may_edit(user: User, state: FormState) -> bool:
    model = state.content_type.model_class()
    if model is None or not issubclass(model, Page):
        verb = "change" if state.object_id else "add"
        return user.has_perm(f"{state.content_type.app_label}.{verb}_{state.content_type.model}")
    page = Page.objects.filter(pk=state.object_id or state.parent_object_id or None).first()
    tester = PortalPagePermissionTester(user, page) if page else None
    return bool(tester) and (tester.can_edit() if state.object_id else tester.can_add_subpage())


def _export_mail(participant: Participant) -> dict[str, list[Row]]:
    address = participant.address
    return {
        "mail_preferences": rows_of(
            MailPreference.objects.filter(participant=participant),
            ("topic", "frequency", "chosen_at"),
        ),
        "consents": rows_of(
            # Those that came with a comment are told with it, by the app that knows comments.
            Consent.objects.filter(participant=participant, cause_id=None),
            CONSENT_FIELDS,
        ),
        "mail": rows_of(
            OutgoingMail.objects.filter(participant=participant),
            ("kind", "status", "queued_at", "due_at", "sent_at"),
        ),
        "mail_links": rows_of(
            MailLink.objects.filter(participant=participant),
            ("purpose", "created_at", "expires_at", "used_at"),
        ),
        "mail_requests": rows_of(
            MailRequest.objects.filter(address__iexact=address).exclude(address=""), ("kind", "asked_at")
        ),
        "suppressed_address": rows_of(
            SuppressedAddress.objects.filter(digest=SuppressedAddress.digest_of(address)),
            ("reason", "suppressed_at"),
        ),
    }


def erase(participant: Participant) -> None:
    """Nothing more is sent, nobody signs in, and what was wished, sent or set up is forgotten."""
    OutgoingMail.objects.filter(participant=participant).delete()
    for model in (MailPreference, Consent, MailLink, Device):
        model.objects.filter(participant=participant).delete()
    MailRequest.objects.filter(address__iexact=participant.address).exclude(address="").delete()
    if participant.user_id is not None:
        for profile in UserProfile.objects.filter(user=participant.user_id).exclude(avatar=""):
            # After the commit: a file that is deleted does not come back with a rollback.
            transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))
        for model in OF_ACCOUNT:
            model.objects.filter(user=participant.user_id).delete()
    _blank_labels(participant)


def _blank_labels(participant: Participant) -> None:
    """Take the name out of the log of acts, where it stands beside whatever was done to the person."""
    for model, pk in ((Participant, participant.pk), (User, participant.user_id)):
        entries = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model), object_id=str(pk)
        )
        entries.update(label="")


# What hangs on an account and says nothing without it.
OF_ACCOUNT = (
    UserSession,
    ProviderIdentity,
    Authenticator,
    EmailAddress,
    UserProfile,
    FormState,
    EditingSession,
    PageSubscription,
    APIToken,
)
OF_PARTICIPANT = (
    Participant,
    User,
    Consent,
    Device,
    MailLink,
    MailPreference,
    OutgoingMail,
    MailRequest,
    ModelLogEntry,
)
MEMBERSHIPS = (User.groups.through, User.user_permissions.through)  # emptied with the account
LEFT = {
    "people.NameShape": "Made of the name of an account, and gone with it: a blank account has none.",
    "privacy.Erasure": "It names nobody, and a restored backup is erased again by it.",
    "mail.SuppressedAddress": "A keyed digest: whoever complained is never written to again.",
    "wagtailcore.Page": "Who made or locked a page: it points at an account that is blank.",
    "wagtailcore.PageLogEntry": "The history of pages: it points at an account that is blank.",
    "wagtailcore.Revision": "Versions of pages: they point at an account that is blank.",
    "wagtailcore.WorkflowState": "Approvals of pages: they point at an account that is blank.",
    "wagtailcore.TaskState": "Approvals of pages: they point at an account that is blank.",
    "wagtailcore.UploadedFile": "A file on its way into the library, which is the organisation’s.",
    "wagtailcore.Comment": "Remarks of editors on drafts: switched off in the whole admin.",
    "wagtailcore.CommentReply": "Remarks of editors on drafts: switched off in the whole admin.",
    "wagtailimages.Image": "A picture is the organisation’s, whoever uploaded it.",
    "wagtaildocs.Document": "A document is the organisation’s, whoever uploaded it.",
    "portal.PortalImage": "A picture is the organisation’s, whoever uploaded it.",
    "portal.PortalDocument": "A document is the organisation’s, whoever uploaded it.",
    "blog.Author": "A byline is part of an article: whoever edits the article changes it.",
    "admin.LogEntry": "Of Django’s admin, which is mounted nowhere.",
}


def labels(*models_of: type[models.Model]) -> frozenset[str]:
    """Return what models are called in the lists of tables."""
    return frozenset(model._meta.label for model in models_of)


OWN = (PersonalData(export, erase, labels(*OF_ACCOUNT, *OF_PARTICIPANT, *MEMBERSHIPS), LEFT),)
