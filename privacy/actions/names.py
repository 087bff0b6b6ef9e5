"""Correcting the name of a guest who asks for it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.models import Participant, User
from people.names import clean_name
from people.permissions import can_be_called
from privacy.actions.erasures import is_erased
from privacy.permissions import PrivacyPermissions
from privacy.personal_data import personal_data


class NameRefused(Exception):
    """The name will not do; the message says why, in the reader's language."""


def signed_names(participant: Participant) -> list[str]:
    """Return the names under which somebody is known here, each as it is written."""
    names = [participant.name, *(name for part in personal_data() for name in part.names(participant))]
    return list(dict.fromkeys(filter(None, names)))


def correct_name(participant: Participant, former: str, name: str, *, by: User) -> bool:
    """Let a guest who was known as `former` be known as `name`, everywhere. Return whether that is new.

    The log says that it was done, by whom and to whom, and keeps no former name. Raises `PermissionDenied`
    where `by` may not, and `NameRefused` for what is no name or would pass for somebody of ours.
    """
    if not PrivacyPermissions(by).can_correct_name(participant) or is_erased(participant):
        raise PermissionDenied
    name = clean_name(name)
    if not name:
        raise NameRefused(_("Type the name as it should be."))
    if not can_be_called(name):
        raise NameRefused(_("This name would pass for somebody who works here, or for the organisation."))
    if name == former:
        return False
    with transaction.atomic():
        # Locked before the person's comments are (decision 29).
        person = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        changed = sum(part.correct_name(person, former, name, by) for part in personal_data())
        if person.name == former:
            person.name = name
            person.save(update_fields=["name"])
            changed += 1
        if changed:
            log(instance=person, action="privacy.correct_name", user=by)
    return changed > 0
