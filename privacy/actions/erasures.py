"""Forgetting somebody, and forgetting them again after a backup was restored."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from people.models import Participant, User
from people.models.participants import random_mail_key
from privacy.erasure_notes import read_notes, write_note
from privacy.models import Erasure
from privacy.permissions import PrivacyPermissions
from privacy.personal_data import personal_data

SQLITE_INDEX = "wagtailsearch_indexentry_fts"  # Wagtail's table of words
logger = logging.getLogger(__name__)


class ErasureRefused(Exception):
    """The person cannot be forgotten now; the message says why, in the reader's language."""


class ErasureReason(models.TextChoices):
    """Why staff forgot somebody. A choice and no words of theirs, which might name the person."""

    ASKED = "asked", gettext_lazy("the person asked for it")
    ORDERED = "ordered", gettext_lazy("a court or an authority ordered it")
    UNLAWFUL = "unlawful", gettext_lazy("it should not have been kept")


def erase_participant(participant: Participant, *, by: User | None = None, reason: str = "") -> bool:
    """Forget a person: names, addresses, words and whatever tells who they were. Return whether that is new.

    What they said leaves a tombstone. An account of theirs is disabled and emptied. The erasure is also
    noted where all machines find it, from which `replay_erasures` repeats it after a restore.

    `by` is whoever answers a request, for a `reason`; None is the person, or the command. Raises
    `PermissionDenied` where they may not, and `ErasureRefused` for the only administrator.
    """
    if by is not None and not PrivacyPermissions(by).can_erase(participant):
        raise PermissionDenied
    with transaction.atomic():
        # Of two at once, the second finds it done. Locked before the person's comments are (decision 29).
        Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        if is_erased(participant):
            return False
        if _is_only_administrator(participant):
            raise ErasureRefused(
                _("This is the only administrator. Make somebody else one first, or nobody keeps the portal.")
            )
        digest = Erasure.digest_of(participant.address)  # before the address is emptied
        for part in personal_data():
            part.erase(participant)
        _forget(participant)
        erasure = Erasure.objects.create(participant=participant, address_digest=digest)
        if by is not None:
            log(instance=participant, action="privacy.erase_person", user=by, data={"reason": reason})
        # After the commit: an erasure that was rolled back must not be repeated from a note.
        transaction.on_commit(lambda: write_note(erasure))
    # After the commit, when what was deleted is free to be overwritten.
    scrub_database()
    return True


def is_erased(participant: Participant) -> bool:
    """Whether the person was forgotten already."""
    return Erasure.objects.filter(participant=participant).exists()


def replay_erasures() -> int:
    """Erase again, after a backup was restored, everybody who had been erased since. Return how many."""
    done = 0
    for number, digest in read_notes():
        participant = Participant.objects.filter(pk=number).select_related("user").first()
        if participant is None or is_erased(participant):
            continue
        if Erasure.digest_of(participant.address) != digest:
            logger.warning(
                "Erasure note of participant %s has another address digest: not erased", participant.pk
            )
            continue
        done += erase_participant(participant)
    return done


def _is_only_administrator(participant: Participant) -> bool:
    user = participant.user
    if user is None or not (user.is_superuser and user.is_active):
        return False
    return not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists()


def _forget(participant: Participant) -> None:
    """Blank the participant, and empty and disable the account where there is one."""
    # Addresses and user names are unique, so each blank person has one of their own; `.invalid` is reached by
    # nobody (RFC 2606).
    nobody = f"{random_mail_key()}@erased.invalid"
    Participant.objects.filter(pk=participant.pk).update(
        # With a new key, the links that stop mail in messages sent before name nobody.
        name="",
        email="" if participant.user_id else nobody,
        verified_at=None,
        mail_key=random_mail_key(),
    )
    if participant.user:
        user = participant.user
        user.username = user.email = nobody
        user.first_name = user.last_name = user.role_label_fr = user.role_label_en = ""
        user.is_active = user.is_superuser = False
        user.set_unusable_password()
        user.groups.clear()
        user.user_permissions.clear()
        # By `save`, whose signals end the sessions and forget the shapes of the name.
        user.save()
    participant.refresh_from_db()


def scrub_database() -> None:
    """Take what was deleted out of the file as well: SQLite keeps it in its index, free pages and log.

    PostgreSQL does so when it next vacuums.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        # Words that were taken out of the index stay in its segments until these are merged.
        cursor.execute(f"INSERT INTO {SQLITE_INDEX} ({SQLITE_INDEX}) VALUES ('optimize')")  # noqa: S608 - our name
        # A log cannot be emptied from within a transaction; every test runs in one.
        if not connection.in_atomic_block:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
