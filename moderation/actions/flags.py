"""A reader tells moderators that a comment may break the rules, and moderators answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment
from dialogue.origins import Origin
from moderation.mail import FLAG_RECEIPT, tell_flagger, tell_of_waiting
from moderation.models import LIGHT, WEIGHT, Flag, FlagState
from moderation.permissions import FlagPermissionTester
from people.limits import as_limits, seconds_left
from people.models import Participant, User
from portal.digests import keyed_digest
from portal.permissions import Viewer

FALSE_FLAGS = 3  # dismissed one after the other, after which those of the same person weigh less


class TooManyFlags(CommentRefused):
    """This person or network has flagged too much of late; `retry_after` is what is left, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            _("You have flagged many comments in a short time. Your text is kept here: try again later."),
            Refusal.TOO_MANY,
        )
        self.retry_after = retry_after


class FlagAnswered(CommentRefused):
    """What is sent anew was flagged by the same person, and a moderator has answered that already."""

    def __init__(self) -> None:
        super().__init__(
            _("Your flag had arrived, and a moderator has answered it. What you changed since is not sent."),
            Refusal.ARRIVED,
        )


@dataclass(frozen=True)
class Notice:
    """What somebody says against a comment, and who they are.

    `participant` is whoever is known here, by an account or a trusted device; anybody else gives a
    `name` and an `email` or nothing. `key` is that of the form's ticket.
    """

    reason_code: str
    user: Viewer
    text: str = ""
    law: str = ""
    place: str = ""
    concerns_children: bool = False
    is_in_good_faith: bool = False
    participant: Participant | None = None
    name: str = ""
    email: str = ""
    wants_result: bool = False
    origin: Origin = field(default_factory=Origin)
    key: str = ""


def flag_comment(comment: Comment, notice: Notice) -> bool:
    """Write down that somebody flags a comment, and have moderators told of it. Return whether it is new.

    Once for each person, comment and version. The second time, what somebody known here or the very same form
    says otherwise takes the place of what it said before; of anybody else, nothing is written. Raises
    `PermissionDenied` for one's own comment or one that may not be read, `TooManyFlags` past the limits, and
    `FlagAnswered` where the place is taken by an answer.
    """
    if not FlagPermissionTester(comment, notice.user, notice.participant).can_flag():
        raise PermissionDenied
    person = _person_digest(notice)
    sent = _sent_before(comment, notice, person)
    if sent is not None:
        _replace(sent, notice, person)
        return False
    # Before the limits: what is said again gets the answer of the first time, whoever asks.
    if Flag.objects.filter(comment=comment, comment_version=comment.version, person_digest=person).exists():
        return False
    _refuse_flood(person, notice)
    with transaction.atomic():
        flag, is_new = Flag.objects.get_or_create(
            comment=comment,
            comment_version=comment.version,
            person_digest=person,
            defaults={**_fields_of(comment, notice), "weight": _weight_of(person)},
        )
        # Policy: what looks like a machine's is kept and shown, but nobody is told of it.
        if is_new and not notice.origin.signals:
            tell_of_waiting(comment)
            if flag.is_of_illegal:
                tell_flagger(flag, FLAG_RECEIPT)
    if not is_new and flag.form_digest == _form_digest(notice):
        _replace(flag, notice, person)  # both at the same moment
    return is_new


def settle_flags(comment: Comment, state: FlagState, *, by: User, up_to: int | None = None) -> int:
    """Answer the open flags of a comment, in the transaction of the decision; return how many they were.

    `up_to` is the last one that the decider had before their eyes: later ones stay open. Whoever asked for it
    is told.
    """
    flags = Flag.objects.filter(comment=comment).open().select_for_update()
    if up_to is not None:
        flags = flags.filter(pk__lte=up_to)
    # Read before they are answered, and answered by key: a flag that comes at this moment stays open.
    settled = list(flags)
    Flag.objects.filter(pk__in=[flag.pk for flag in settled]).update(
        state=state, settled_at=timezone.now(), settled_by=by
    )
    _weigh_anew(settled)
    _tell(settled)
    return len(settled)


def _weight_of(person: str) -> int:
    """Return what a flag of this person weighs: little, where their last ones were all dismissed."""
    last = Flag.objects.filter(person_digest=person).settled().order_by("-settled_at", "-pk")
    states = list(last.values_list("state", flat=True)[:FALSE_FLAGS])
    return LIGHT if len(states) == FALSE_FLAGS and set(states) == {FlagState.DISMISSED} else WEIGHT


def _weigh_anew(settled: Iterable[Flag]) -> None:
    """Give what else these people have flagged the weight that it has now."""
    for person in {flag.person_digest for flag in settled}:
        waiting = Flag.objects.open().filter(person_digest=person)
        weight = _weight_of(person)
        waiting.exclude(weight=weight).update(weight=weight)


def _fields_of(comment: Comment, notice: Notice) -> dict[str, object]:
    return {
        "reason_code": notice.reason_code,
        "text": notice.text,
        "law": notice.law,
        "place": notice.place,
        "concerns_children": notice.concerns_children,
        "is_in_good_faith": notice.is_in_good_faith,
        "participant": notice.participant,
        "name": notice.name,
        "email": notice.email,
        "wants_result": notice.wants_result,
        "language": get_language() or comment.language,
        "network_digest": notice.origin.network,
        "form_digest": _form_digest(notice),
        "signals": sorted(notice.origin.signals),
    }


# What a flagger says. The rest is of the request, and no reason to flag anew.
SAID = (
    *("reason_code", "text", "law", "place", "concerns_children", "is_in_good_faith"),
    *("participant", "name", "email", "wants_result"),
)


def _sent_before(comment: Comment, notice: Notice, person: str) -> Flag | None:
    """Return the flag that this very form, or somebody known here, has sent before; or None."""
    flags = Flag.objects.filter(comment=comment)
    form = _form_digest(notice)
    sent = flags.filter(form_digest=form).first() if form else None
    if sent is None and notice.participant is not None:
        sent = flags.filter(comment_version=comment.version, person_digest=person).first()
    return sent


def _replace(sent: Flag, notice: Notice, person: str) -> None:
    """Put what is said now in the place of `sent`, as a new row: a moderator has not seen it yet."""
    fields = _fields_of(sent.comment, notice)
    with transaction.atomic():
        current = Flag.objects.select_for_update().filter(pk=sent.pk).first()
        if current is None or all(getattr(current, name) == fields[name] for name in SAID):
            return
        if current.state != FlagState.OPEN:
            raise FlagAnswered
        others = Flag.objects.filter(
            comment=sent.comment_id, comment_version=sent.comment_version, person_digest=person
        )
        # Another form of the same person has that place by now.
        if others.exclude(pk=sent.pk).exists():
            return
        # Not an update: with a new key it is later than `up_to` of a moderator who has the former on screen.
        current.delete()
        flag = Flag.objects.create(
            comment=sent.comment,
            comment_version=sent.comment_version,
            person_digest=person,
            weight=_weight_of(person),
            **fields,
        )
        # A receipt of what was replaced is not sent any more.
        if flag.is_of_illegal and not notice.origin.signals:
            tell_flagger(flag, FLAG_RECEIPT)


def _tell(flags: Iterable[Flag]) -> None:
    for flag in flags:
        # Of what was said to be illegal one is told unasked.
        if flag.wants_result or flag.is_of_illegal:
            tell_flagger(flag)


def _person_digest(notice: Notice) -> str:
    """Return what tells one flagger from another.

    An address that was merely typed counts with the network it came from: nobody can take the place of its
    owner, who may flag the same comment. Whoever gives none is one with their network.
    """
    who = (
        f"participant:{notice.participant.pk}"
        if notice.participant
        else f"{notice.email}:{notice.origin.network}"
    )
    return keyed_digest("moderation.flag", who)


def _form_digest(notice: Notice) -> str:
    return keyed_digest("moderation.form", notice.key) if notice.key else ""


def _refuse_flood(person: str, notice: Notice) -> None:
    """Raise `TooManyFlags` past the limits of a person or of the guests of a network.

    Counted in the table of flags itself. Somebody signed in counts as a person alone: a whole organisation
    may share a network.
    """
    now = timezone.now()
    persons, guests = as_limits(settings.PERSON_FLAGS), as_limits(settings.NETWORK_FLAGS)
    wait = seconds_left(Flag.objects.filter(person_digest=person), "flagged_at", persons, now)
    if notice.origin.network and not notice.user.is_authenticated:
        near = Flag.objects.filter(network_digest=notice.origin.network, participant__user=None)
        wait = max(wait, seconds_left(near, "flagged_at", guests, now))
    if wait:
        raise TooManyFlags(wait)
