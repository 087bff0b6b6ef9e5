"""A reader tells moderators that a comment may break the rules, and moderators answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue.actions import CommentRefused
from dialogue.models import Comment
from moderation.mail import tell_flagger, tell_of_waiting
from moderation.models import Flag, FlagState
from moderation.permissions import FlagPermissionTester
from people.limits import as_limits, seconds_left
from people.models import Participant, User
from portal.permissions import Viewer


class TooManyFlags(CommentRefused):
    """This person or network has flagged too much of late; `retry_after` is what is left, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _("You have flagged many comments in a short time. Your text is kept here: try again later.")
        )
        self.retry_after = retry_after


@dataclass(frozen=True)
class Notice:
    """What somebody says against a comment, and who they are.

    `participant` is whoever is known here, by an account or a browser that vouches; anybody else gives a
    `name` and an `email` or nothing. `signals` are what the form noticed, as with a comment.
    """

    reason_code: str
    user: Viewer
    text: str = ""
    law: str = ""
    is_in_good_faith: bool = False
    participant: Participant | None = None
    name: str = ""
    email: str = ""
    wants_result: bool = False
    network: str = ""
    signals: frozenset[str] = field(default_factory=frozenset)


def flag_comment(comment: Comment, notice: Notice) -> bool:
    """Write down that somebody flags a comment, and have moderators told of it. Return whether it is new.

    Once for each person, comment and version: the second time nothing is written. Raises `PermissionDenied`
    for one's own comment or one that may not be read, `TooManyFlags` past the limits.
    """
    if not FlagPermissionTester(comment, notice.user, notice.participant).can_flag():
        raise PermissionDenied
    person = _person_digest(notice)
    if Flag.objects.filter(comment=comment, comment_version=comment.version, person_digest=person).exists():
        return False
    _refuse_flood(person, notice)
    with transaction.atomic():
        _flag, is_new = Flag.objects.get_or_create(
            comment=comment,
            comment_version=comment.version,
            person_digest=person,
            defaults={
                "reason_code": notice.reason_code,
                "text": notice.text,
                "law": notice.law,
                "is_in_good_faith": notice.is_in_good_faith,
                "participant": notice.participant,
                "name": notice.name,
                "email": notice.email,
                "wants_result": notice.wants_result,
                "language": get_language() or comment.language,
                "network_digest": notice.network,
                "signals": sorted(notice.signals),
            },
        )
        # Policy: what looks like a machine's is kept and shown, but wakes nobody.
        if is_new and not notice.signals:
            tell_of_waiting(comment)
    return is_new


def settle_flags(comment: Comment, state: FlagState, *, by: User, up_to: int | None = None) -> int:
    """Answer the open flags of a comment, in the transaction of the decision; return how many they were.

    `up_to` is the last one that the decider had before their eyes: later ones stay open. Whoever asked for it
    is told.
    """
    flags = Flag.objects.filter(comment=comment).open().select_for_update()
    if up_to is not None:
        flags = flags.filter(pk__lte=up_to)
    settled = list(flags)
    Flag.objects.filter(pk__in=[flag.pk for flag in settled]).update(
        state=state, settled_at=timezone.now(), settled_by=by
    )
    _tell(settled)
    return len(settled)


def _tell(flags: Iterable[Flag]) -> None:
    for flag in flags:
        if flag.wants_result:
            tell_flagger(flag)


def _person_digest(notice: Notice) -> str:
    """Return what tells one flagger from another.

    An address that was merely typed counts with the network it came from: nobody can take the place of its
    owner, who may flag the same comment. Whoever gives none is one with their network.
    """
    who = f"participant:{notice.participant.pk}" if notice.participant else f"{notice.email}:{notice.network}"
    return salted_hmac("moderation.flag", who, algorithm="sha256").hexdigest()


def _refuse_flood(person: str, notice: Notice) -> None:
    """Raise `TooManyFlags` past the limits of a person or of the guests of a network.

    Counted in the table of flags itself. Somebody signed in counts as a person alone: a whole organisation
    may share a network.
    """
    now = timezone.now()
    persons, guests = as_limits(settings.PERSON_FLAGS), as_limits(settings.NETWORK_FLAGS)
    wait = seconds_left(Flag.objects.filter(person_digest=person), "flagged_at", persons, now)
    if notice.network and not notice.user.is_authenticated:
        near = Flag.objects.filter(network_digest=notice.network, participant__user=None)
        wait = max(wait, seconds_left(near, "flagged_at", guests, now))
    if wait:
        raise TooManyFlags(wait)
