"""The verbs of screening and moderation: each is the verb of `dialogue`, with a Decision beside it.

Both are written in one transaction or not at all. Nothing is written when nothing changed. `version` and
`status` tell what the decider had before their eyes: where the comment has moved on since, the act is
refused and the refusal says who did what, and when.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogue import actions as dialogue_actions
from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment, CommentEvent, CommentRevision, CommentStatus
from dialogue.permissions import CommentPermissionTester
from moderation.actions.flags import settle_flags
from moderation.actions.reasons import Justification, refuse_reason
from moderation.mail import tell_of_decision, tell_of_waiting
from moderation.models import Decision, FlagState, Rule, Verb
from people.models import User
from portal.formats import write_date
from portal.permissions import Viewer


class DecisionConflict(CommentRefused):
    """The comment has changed since it was looked at; `decision` is what happened to it, where known."""

    def __init__(self, comment: Comment, decision: Decision | None, message: str) -> None:
        super().__init__(message, Refusal.MOVED_ON)
        self.comment = comment
        self.decision = decision


# Whole sentences, so that each language keeps its own order of words.
_WHAT_HAPPENED = {
    Verb.HOLD: gettext_lazy("%(who)s held this comment on %(when)s, after you opened it."),
    Verb.PUBLISH: gettext_lazy("%(who)s published this comment on %(when)s, after you opened it."),
    Verb.REJECT: gettext_lazy("%(who)s rejected this comment on %(when)s, after you opened it."),
    Verb.HIDE: gettext_lazy("%(who)s hid this comment on %(when)s, after you opened it."),
    Verb.RESTORE: gettext_lazy("%(who)s restored this comment on %(when)s, after you opened it."),
    Verb.HOLD_EDIT: gettext_lazy("%(who)s held a change of this comment on %(when)s, after you opened it."),
    Verb.ACCEPT: gettext_lazy("%(who)s accepted this change on %(when)s, after you opened it."),
    Verb.REFUSE: gettext_lazy("%(who)s refused this change on %(when)s, after you opened it."),
    Verb.KEEP: gettext_lazy("%(who)s kept this comment on %(when)s, after you opened it."),
}

_RESULT = {
    Verb.HOLD: CommentStatus.HELD,
    Verb.PUBLISH: CommentStatus.PUBLISHED,
    Verb.REJECT: CommentStatus.REJECTED,
    Verb.HIDE: CommentStatus.HIDDEN,
    Verb.RESTORE: CommentStatus.PUBLISHED,
    Verb.ACCEPT: CommentStatus.PUBLISHED,
    Verb.KEEP: CommentStatus.PUBLISHED,
}


@dataclass(frozen=True)
class Seen:
    """A comment as the decider had it before their eyes."""

    comment: Comment
    version: int | None = None
    status: str | None = None


def hold_comment(comment: Comment, *, rule: Rule, signals: Iterable[str] = ()) -> Decision:
    """Write that screening holds a comment that has just come in; it is held already."""
    decision = _write(Verb.HOLD, comment, comment.version, rule=rule, signals=sorted(signals))
    tell_of_waiting(comment)
    return decision


def publish_by_rule(comment: Comment, *, rule: Rule) -> Decision:
    """Publish a comment that has just come in, because a rule says so: within the act that brought it in."""
    with transaction.atomic(savepoint=False):
        event = dialogue_actions.publish_comment(comment, by=None)
        return _write(Verb.PUBLISH, comment, comment.version, event, rule=rule)


def hold_edit(comment: Comment, revision: CommentRevision, *, rule: Rule) -> Decision:
    """Write that screening holds a change of a published comment; readers go on reading the old words."""
    decision = _write(Verb.HOLD_EDIT, comment, revision.version, rule=rule, signals=comment.signals)
    tell_of_waiting(comment)
    return decision


def accept_edit_by_rule(comment: Comment, revision: CommentRevision, *, rule: Rule) -> Decision:
    """Let a change be read at once, because a rule says so: within the act that brought it in."""
    with transaction.atomic(savepoint=False):
        event = dialogue_actions.accept_edit(comment, revision.version, by=None)
        return _write(Verb.ACCEPT, comment, revision.version, event, rule=rule)


def accept_edit(comment: Comment, *, by: Viewer, version: int, status: str | None = None) -> Decision | None:
    """Let readers read the changed words of `version`. None where they do already."""
    return _decide_on_edit(Verb.ACCEPT, Seen(comment, version, status), by, Justification())


def refuse_edit(
    comment: Comment,
    *,
    by: Viewer,
    version: int,
    reason_code: str,
    reason_text: str = "",
    note: str = "",
    status: str | None = None,
) -> Decision | None:
    """Decide, for a reason, that the old words stay. None where that was decided already."""
    why = Justification(reason_code, reason_text, note)
    return _decide_on_edit(Verb.REFUSE, Seen(comment, version, status), by, why)


def publish_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str = "",
    reason_text: str = "",
    note: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Let readers see the comment. Return the decision, or None where it was published already."""
    return _decide(
        Verb.PUBLISH, Seen(comment, version, status), by, Justification(reason_code, reason_text, note)
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
) -> Decision | None:
    """Bring a hidden comment back to readers. None where readers see it already."""
    return _decide(
        Verb.RESTORE, Seen(comment, version, status), by, Justification(reason_code, reason_text, note)
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
        _refuse_stale(Verb.KEEP, Seen(comment, version, status), current)
        if not current.is_published:
            raise CommentRefused(_("Only a published comment can be kept."), Refusal.WRONG_STATUS)
        if not settle_flags(current, FlagState.DISMISSED, by=by, up_to=last_flag):
            return None
        return _write(Verb.KEEP, comment, current.version, by=by)


def correct_language(
    comment: Comment, words_language: str, *, by: Viewer, version: int | None = None
) -> Decision | None:
    """Say in which language the words are; its author is told nothing. None where that was said already.

    The note for colleagues tells which language it was before, and which it is.
    """
    with transaction.atomic():
        current = dialogue_actions.lock_comment(comment)
        _refuse_stale(Verb.LANGUAGE, Seen(comment, version), current)
        event = dialogue_actions.correct_language(comment, words_language, by=by)
        if event is None:
            return None
        note = f"{current.words_language} → {words_language}"
        return _write(Verb.LANGUAGE, current, current.version, event, by=by, note=note)


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
        given = {one.comment.pk: one for one in seen}
        locked = dialogue_actions.lock_comments([one.comment for one in given.values()])
        dialogue_actions.tell_of_comments(locked)
        decisions = [_decide(verb, given[comment.pk], by, why) for comment in locked]
    return [decision for decision in decisions if decision is not None]


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
        _refuse_stale(verb, seen, current)
        event = _ACT[verb](comment, by=by)
        if event is None:
            return None
        decision = _write(verb, comment, current.version, event, by=by, **asdict(why))
        tell_of_decision(decision)
        if verb == Verb.HIDE and isinstance(by, User):
            settle_flags(comment, FlagState.UPHELD, by=by)
        return decision


_ACT_ON_EDIT: dict[Verb, Callable[..., CommentEvent | None]] = {
    Verb.ACCEPT: dialogue_actions.accept_edit,
    Verb.REFUSE: dialogue_actions.refuse_edit,
}


def _decide_on_edit(verb: Verb, seen: Seen, by: Viewer, why: Justification) -> Decision | None:
    comment, version = seen.comment, seen.version or 0
    if not CommentPermissionTester(comment, by).can_moderate():
        raise PermissionDenied
    refuse_reason(verb, why)
    with transaction.atomic():
        current = dialogue_actions.lock_comment(comment)
        if current.waiting_version != version or not current.is_published:
            before = current.decisions.about_edits().select_related("by").filter(comment_version=version)
            decision = before.exclude(verb=Verb.HOLD_EDIT).first()
            if decision is not None and decision.verb == verb:
                return None
            _refuse_stale_edit(current, decision)
        event = _ACT_ON_EDIT[verb](comment, version, by=by)
        decision = _write(verb, comment, version, event, by=by, **asdict(why))
        tell_of_decision(decision)
        return decision


def _write(
    verb: Verb, comment: Comment, version: int, event: CommentEvent | None = None, **more: object
) -> Decision:
    """Write down a decision, at the moment of what it did to the comment; without an `event`, now."""
    moment = event.happened_at if event else timezone.now()
    return Decision.objects.create(
        comment=comment, comment_version=version, verb=verb, event=event, decided_at=moment, **more
    )


def _refuse_stale_edit(current: Comment, decision: Decision | None) -> None:
    """Raise `DecisionConflict`: the change that the decider saw does not wait any more."""
    if decision is not None:
        raise DecisionConflict(current, decision, conflict_sentence(decision))
    if not current.is_published:
        _refuse_stale(Verb.ACCEPT, Seen(current, None, CommentStatus.PUBLISHED), current)
    raise DecisionConflict(
        current, None, _("The author changed this comment again after you opened it. Read it again.")
    )


def _refuse_stale(verb: Verb, seen: Seen, current: Comment) -> None:
    """Raise `DecisionConflict` where the comment is no longer what the decider saw."""
    if seen.version is not None and seen.version != current.version:
        raise DecisionConflict(
            current, None, _("The author changed this comment after you opened it. Read it again.")
        )
    if seen.status is not None and current.status == CommentStatus.WITHDRAWN:
        raise DecisionConflict(current, None, _("The author withdrew this comment after you opened it."))
    if seen.status is None or current.status in {seen.status, _RESULT[verb]}:
        return
    decision = current.decisions.about_status().select_related("by").first()
    raise DecisionConflict(current, decision, conflict_sentence(decision))


def conflict_sentence(decision: Decision | None) -> str:
    """Say who did what, and when, to a comment that somebody else had open."""
    if decision is None:
        return _("This comment has changed since you opened it. Look at it again.")
    return str(_WHAT_HAPPENED[Verb(decision.verb)]) % {
        "who": decision.by.display_name if decision.by else pgettext_lazy("who decided", "Screening"),
        "when": write_date(timezone.localtime(decision.decided_at), "DATETIME_FORMAT"),
    }
