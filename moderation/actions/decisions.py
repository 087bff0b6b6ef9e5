"""The verbs of screening and moderation: each is the verb of `dialogue`, with a Decision beside it.

Both are written in one transaction or not at all. Nothing is written when nothing changed. `version` and
`status` tell what the decider had before their eyes: where the comment has moved on since, the act is
refused and the refusal says who did what, and when.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue import actions as dialogue_actions
from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment, CommentEvent
from dialogue.permissions import CommentPermissionTester
from moderation.actions.appeals import answer_appeal, find_appeal
from moderation.actions.attention import end_claim
from moderation.actions.conflicts import Seen, refuse_stale
from moderation.actions.flags import settle_flags
from moderation.actions.reasons import Justification, refuse_reason
from moderation.mail import tell_of_decision, tell_of_waiting
from moderation.models import Decision, FlagState, Rule, Verb
from moderation.screening.signals import Signal, as_json, risk_of
from people.models import User
from portal.permissions import Viewer


def hold_comment(comment: Comment, *, rule: Rule, signals: Sequence[Signal] = ()) -> Decision:
    """Write that screening holds a comment that has just come in; it is held already."""
    decision = write_decision(Verb.HOLD, comment, comment.version, rule=rule, **noticed(signals))
    tell_of_waiting(comment)
    return decision


def publish_by_rule(comment: Comment, *, rule: Rule, signals: Sequence[Signal] = ()) -> Decision:
    """Publish a comment that has just come in, because a rule says so: within the act that brought it in."""
    # No savepoint: it is undone with the act that brought the comment in, never by itself (decision 31).
    with transaction.atomic(savepoint=False):
        event = dialogue_actions.publish_comment(comment, by=None)
        return write_decision(Verb.PUBLISH, comment, comment.version, event, rule=rule, **noticed(signals))


def publish_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str = "",
    reason_text: str = "",
    note: str = "",
    version: int | None = None,
    status: str | None = None,
    appeal: int | None = None,
) -> Decision | None:
    """Let readers see the comment. Return the decision, or None where it was published already."""
    return _decide(
        Verb.PUBLISH,
        Seen(comment, version, status, appeal),
        by,
        Justification(reason_code, reason_text, note),
    )


def reject_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str,
    reason_text: str = "",
    note: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Decide, for a reason, that a waiting comment is not published. None where it was rejected already."""
    return _decide(
        Verb.REJECT, Seen(comment, version, status), by, Justification(reason_code, reason_text, note)
    )


def hide_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str,
    reason_text: str = "",
    note: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Take a published comment away from readers, for a reason. None where it was hidden already."""
    return _decide(
        Verb.HIDE, Seen(comment, version, status), by, Justification(reason_code, reason_text, note)
    )


def restore_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str = "",
    reason_text: str = "",
    note: str = "",
    version: int | None = None,
    status: str | None = None,
    appeal: int | None = None,
) -> Decision | None:
    """Bring a hidden comment back to readers. None where readers see it already."""
    return _decide(
        Verb.RESTORE,
        Seen(comment, version, status, appeal),
        by,
        Justification(reason_code, reason_text, note),
    )


def keep_comment(
    comment: Comment,
    *,
    by: Viewer,
    version: int | None = None,
    status: str | None = None,
    last_flag: int | None = None,
) -> Decision | None:
    """Leave a flagged comment to its readers, and dismiss its flags up to `last_flag`, the last one seen.

    Return the decision, or None where no flag is open any more.
    """
    if not CommentPermissionTester(comment, by).can_moderate() or not isinstance(by, User):
        raise PermissionDenied
    with transaction.atomic():
        current = dialogue_actions.lock_comment(comment)
        refuse_stale(Verb.KEEP, Seen(comment, version, status), current)
        if not current.is_published:
            raise CommentRefused(_("Only a published comment can be kept."), Refusal.WRONG_STATUS)
        if not settle_flags(current, FlagState.DISMISSED, by=by, up_to=last_flag):
            return None
        return write_decision(Verb.KEEP, comment, current.version, by=by)


def uphold_decision(
    comment: Comment,
    *,
    by: Viewer,
    reason_text: str,
    note: str = "",
    reason_code: str = "",
    version: int | None = None,
    status: str | None = None,
    appeal: int | None = None,
) -> Decision | None:
    """Answer an appeal: the comment stays away from readers. None where that was answered already.

    The author is told `reason_text`. To overturn, the comment is published or restored, as it always is.
    """
    if not CommentPermissionTester(comment, by).can_moderate() or not isinstance(by, User):
        raise PermissionDenied
    why = Justification(reason_code, reason_text, note)
    refuse_reason(Verb.UPHOLD, why)
    with transaction.atomic():
        current = dialogue_actions.lock_comment(comment)
        seen = Seen(comment, version, status, appeal)
        refuse_stale(Verb.UPHOLD, seen, current)
        waiting = find_appeal(seen, current, by=by)
        if waiting is None:
            return None
        decision = write_decision(Verb.UPHOLD, comment, current.version, by=by, **asdict(why))
        answer_appeal(waiting, decision)
        tell_of_decision(decision)
        return decision


def correct_language(
    comment: Comment, words_language: str, *, by: Viewer, version: int | None = None
) -> Decision | None:
    """Say in which language the words are; its author is told nothing. None where that was said already.

    The note for colleagues tells which language it was before, and which it is.
    """
    with transaction.atomic():
        current = dialogue_actions.lock_comment(comment)
        refuse_stale(Verb.LANGUAGE, Seen(comment, version), current)
        event = dialogue_actions.correct_language(comment, words_language, by=by)
        if event is None:
            return None
        # `current` was read before the correction.
        note = f"{current.words_language} → {words_language}"
        return write_decision(Verb.LANGUAGE, current, current.version, event, by=by, note=note)


def decide_on_comments(
    verb: Verb,
    seen: Iterable[Seen],
    *,
    by: Viewer,
    reason_code: str = "",
    reason_text: str = "",
    note: str = "",
) -> list[Decision]:
    """Do one act to many comments: all of them, or none where one refuses. Return the decisions written."""
    why = Justification(reason_code, reason_text, note)
    with transaction.atomic():
        # What is ticked twice is decided on once.
        given = {one.comment.pk: one for one in seen}
        locked = dialogue_actions.lock_comments([one.comment for one in given.values()])
        dialogue_actions.tell_of_comments(locked)
        decisions = [_decide(verb, given[comment.pk], by, why) for comment in locked]
    return [decision for decision in decisions if decision is not None]


OVERTURNING = frozenset({Verb.PUBLISH, Verb.RESTORE})  # where an appeal waits
_ACT: dict[Verb, Callable[..., CommentEvent | None]] = {
    Verb.PUBLISH: dialogue_actions.publish_comment,
    Verb.REJECT: dialogue_actions.reject_comment,
    Verb.HIDE: dialogue_actions.hide_comment,
    Verb.RESTORE: dialogue_actions.restore_comment,
}


def _decide(verb: Verb, seen: Seen, by: Viewer, why: Justification) -> Decision | None:
    comment = seen.comment
    if not isinstance(by, User) or not CommentPermissionTester(comment, by).can_moderate():
        raise PermissionDenied
    refuse_reason(verb, why)
    with transaction.atomic():
        # Compared under the lock: of two moderators at once, the second is told what the first has done.
        current = dialogue_actions.lock_comment(comment)
        refuse_stale(verb, seen, current)
        appeal = find_appeal(seen, current, by=by) if verb in OVERTURNING else None
        event = _ACT[verb](comment, by=by)
        if event is None:
            return None
        decision = write_decision(verb, comment, current.version, event, by=by, **asdict(why))
        answer_appeal(appeal, decision)
        tell_of_decision(decision)
        # Policy: hiding upholds every flag that is open, also those that came after the page was opened.
        if verb == Verb.HIDE and isinstance(by, User):
            settle_flags(comment, FlagState.UPHELD, by=by)
        return decision


def noticed(signals: Sequence[Signal]) -> dict[str, Any]:
    """Return what screening noticed, as a decision keeps it."""
    return {"signals": as_json(signals), "risk": risk_of(signals)}


def write_decision(
    verb: Verb, comment: Comment, version: int, event: CommentEvent | None = None, **more: Any
) -> Decision:
    """Write down a decision, at the moment of what it did to the comment; without an `event`, now.

    Where a person decided, nobody has taken the comment on any more.
    """
    if more.get("by") and verb != Verb.LANGUAGE:
        end_claim(comment)
    moment = event.happened_at if event else timezone.now()
    return Decision.objects.create(
        comment=comment, comment_version=version, verb=verb, event=event, decided_at=moment, **more
    )
