"""The decisions on changes of published comments: readers go on reading the old words until one is made."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dialogue import actions as dialogue_actions
from dialogue.models import Comment, CommentEvent, CommentRevision
from dialogue.permissions import CommentPermissionTester
from moderation.actions.conflicts import Seen, refuse_stale_edit
from moderation.actions.decisions import noticed, write_decision
from moderation.actions.reasons import UNEXPLAINED, Justification, refuse_reason
from moderation.mail import tell_of_decision, tell_of_waiting
from moderation.models import Decision, Rule, Verb
from moderation.screening.signals import Signal
from portal.permissions import Viewer


def hold_edit(
    comment: Comment, revision: CommentRevision, *, rule: Rule, signals: Sequence[Signal] = ()
) -> Decision:
    """Write that screening holds a change of a published comment; readers go on reading the old words."""
    decision = write_decision(Verb.HOLD_EDIT, comment, revision.version, rule=rule, **noticed(signals))
    tell_of_waiting(comment)
    return decision


def accept_edit_by_rule(
    comment: Comment, revision: CommentRevision, *, rule: Rule, signals: Sequence[Signal] = ()
) -> Decision:
    """Let a change be read at once, because a rule says so: within the act that brought it in."""
    # As `publish_by_rule`: undone with the act that brought the change in, never by itself.
    with transaction.atomic(savepoint=False):
        event = dialogue_actions.accept_edit(comment, revision.version, by=None)
        return write_decision(Verb.ACCEPT, comment, revision.version, event, rule=rule, **noticed(signals))


def accept_edit(comment: Comment, *, by: Viewer, version: int, status: str | None = None) -> Decision | None:
    """Let readers read the changed words of `version`. None where they do already."""
    return _decide_on_edit(Verb.ACCEPT, Seen(comment, version, status), by, UNEXPLAINED)


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
            # That it was held decided nothing.
            decision = before.exclude(verb=Verb.HOLD_EDIT).first()
            if decision is not None and decision.verb == verb:
                return None
            refuse_stale_edit(current, decision)
        event = _ACT_ON_EDIT[verb](comment, version, by=by)
        decision = write_decision(verb, comment, version, event, by=by, **asdict(why))
        tell_of_decision(decision)
        return decision
