"""The verbs of screening and moderation: each is the verb of `dialogue`, with a Decision beside it.

Both are written in one transaction or not at all. Nothing is written when nothing changed. `version` and
`status` tell what the decider had before their eyes: where the comment has moved on since, the act is
refused and the refusal says who did what, and when.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogue import actions as dialogue_actions
from dialogue.actions import CommentRefused
from dialogue.models import Comment, CommentStatus
from dialogue.permissions import CommentPermissionTester
from moderation.mail import tell_of_decision, tell_of_waiting
from moderation.models import REASON_TEXT_MAX_LENGTH, Decision, Reason, Rule, Verb
from portal.formats import write_date
from portal.permissions import Viewer


class ReasonRequired(CommentRefused):
    """The act needs a reason, and none that holds was given."""


class DecisionConflict(CommentRefused):
    """The comment has changed since it was looked at; `decision` is what happened to it, where known."""

    def __init__(self, comment: Comment, decision: Decision | None, message: str) -> None:
        super().__init__(message)
        self.comment = comment
        self.decision = decision


# Whole sentences, so that each language keeps its own order of words.
_WHAT_HAPPENED = {
    Verb.HOLD: gettext_lazy("%(who)s held this comment on %(when)s, after you opened it."),
    Verb.PUBLISH: gettext_lazy("%(who)s published this comment on %(when)s, after you opened it."),
    Verb.REJECT: gettext_lazy("%(who)s rejected this comment on %(when)s, after you opened it."),
    Verb.HIDE: gettext_lazy("%(who)s hid this comment on %(when)s, after you opened it."),
    Verb.RESTORE: gettext_lazy("%(who)s restored this comment on %(when)s, after you opened it."),
}

_RESULT = {
    Verb.HOLD: CommentStatus.HELD,
    Verb.PUBLISH: CommentStatus.PUBLISHED,
    Verb.REJECT: CommentStatus.REJECTED,
    Verb.HIDE: CommentStatus.HIDDEN,
    Verb.RESTORE: CommentStatus.PUBLISHED,
}


@dataclass(frozen=True)
class Seen:
    """A comment as the decider had it before their eyes."""

    comment: Comment
    version: int | None = None
    status: str | None = None


def hold_comment(comment: Comment, *, rule: Rule, signals: Iterable[str] = ()) -> Decision:
    """Write that screening holds a comment that has just come in; it is held already."""
    decision = Decision.objects.create(
        comment=comment,
        comment_version=comment.version,
        verb=Verb.HOLD,
        status_after=comment.status,
        rule=rule,
        signals=sorted(signals),
    )
    tell_of_waiting(comment)
    return decision


def publish_by_rule(comment: Comment, *, rule: Rule) -> Decision:
    """Publish a comment that has just come in, because a rule says so."""
    with transaction.atomic():
        before = comment.status
        dialogue_actions.publish_comment(comment, by=None)
        return Decision.objects.create(
            comment=comment,
            comment_version=comment.version,
            verb=Verb.PUBLISH,
            status_before=before,
            status_after=comment.status,
            rule=rule,
        )


def publish_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str = "",
    reason_text: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Let readers see the comment. Return the decision, or None where it was published already."""
    return _decide(Verb.PUBLISH, Seen(comment, version, status), by, reason_code, reason_text)


def reject_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str,
    reason_text: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Decide, for a reason, that a waiting comment is not published. None where it was rejected already."""
    return _decide(Verb.REJECT, Seen(comment, version, status), by, reason_code, reason_text)


def hide_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str,
    reason_text: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Take a published comment away from readers, for a reason. None where it was hidden already."""
    return _decide(Verb.HIDE, Seen(comment, version, status), by, reason_code, reason_text)


def restore_comment(
    comment: Comment,
    *,
    by: Viewer,
    reason_code: str = "",
    reason_text: str = "",
    version: int | None = None,
    status: str | None = None,
) -> Decision | None:
    """Bring a hidden comment back to readers. None where readers see it already."""
    return _decide(Verb.RESTORE, Seen(comment, version, status), by, reason_code, reason_text)


def decide_on_comments(
    verb: Verb, seen: Iterable[Seen], *, by: Viewer, reason_code: str = "", reason_text: str = ""
) -> list[Decision]:
    """Do one act to many comments: all of them, or none where one refuses. Return the decisions written."""
    with transaction.atomic():
        decisions = [_decide(verb, one, by, reason_code, reason_text) for one in seen]
    return [decision for decision in decisions if decision is not None]


_ACT: dict[Verb, Callable[..., bool]] = {
    Verb.PUBLISH: dialogue_actions.publish_comment,
    Verb.REJECT: dialogue_actions.reject_comment,
    Verb.HIDE: dialogue_actions.hide_comment,
    Verb.RESTORE: dialogue_actions.restore_comment,
}


def _decide(verb: Verb, seen: Seen, by: Viewer, reason_code: str, reason_text: str) -> Decision | None:
    comment = seen.comment
    if not CommentPermissionTester(comment, by).can_moderate():
        raise PermissionDenied
    reason_text = reason_text.strip()
    _refuse_reason(verb, reason_code, reason_text)
    with transaction.atomic():
        current = dialogue_actions.lock_comment(comment)
        _refuse_stale(verb, seen, current)
        if not _ACT[verb](comment, by=by):
            return None
        decision = Decision.objects.create(
            comment=comment,
            comment_version=current.version,
            verb=verb,
            status_before=current.status,
            status_after=comment.status,
            by=by,
            reason_code=reason_code,
            reason_text=reason_text,
        )
        tell_of_decision(decision)
        return decision


def _refuse_reason(verb: Verb, reason_code: str, reason_text: str) -> None:
    """Raise `ReasonRequired` for a reason that is missing, unknown, or says nothing."""
    if verb.needs_reason and not reason_code:
        raise ReasonRequired(_("Choose a reason."))
    if reason_code and reason_code not in Reason.values:
        raise ReasonRequired(_("Choose a reason from the list."))
    if reason_code == Reason.OTHER and not reason_text:
        raise ReasonRequired(_("Say in a few words what the other reason is."))
    if len(reason_text) > REASON_TEXT_MAX_LENGTH:
        raise ReasonRequired(
            _("Keep the explanation within %(limit)s characters.") % {"limit": REASON_TEXT_MAX_LENGTH}
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
    decision = current.decisions.select_related("by").first()
    raise DecisionConflict(current, decision, conflict_sentence(decision))


def conflict_sentence(decision: Decision | None) -> str:
    """Say who did what, and when, to a comment that somebody else had open."""
    if decision is None:
        return _("This comment has changed since you opened it. Look at it again.")
    return str(_WHAT_HAPPENED[Verb(decision.verb)]) % {
        "who": decision.by.display_name if decision.by else pgettext_lazy("who decided", "Screening"),
        "when": write_date(timezone.localtime(decision.decided_at), "DATETIME_FORMAT"),
    }
