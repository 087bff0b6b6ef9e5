"""What a decider had before their eyes and why they decide, and where that is refused."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment, CommentStatus
from moderation.models import REASON_TEXT_MAX_LENGTH, Decision, Reason, Verb
from portal.formats import write_date


class ReasonRequired(CommentRefused):
    """The act needs a reason, and none that holds was given."""

    def __init__(self, message: str) -> None:
        super().__init__(message, Refusal.NO_REASON)


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


@dataclass(frozen=True)
class Justification:
    """Why somebody decides: what the author is told, and a note that colleagues alone read."""

    reason_code: str = ""
    reason_text: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("reason_text", "note"):
            object.__setattr__(self, name, getattr(self, name).strip())


def refuse_stale_edit(current: Comment, decision: Decision | None) -> None:
    """Raise `DecisionConflict`: the change that the decider saw does not wait any more."""
    if decision is not None:
        raise DecisionConflict(current, decision, conflict_sentence(decision))
    if not current.is_published:
        refuse_stale(Verb.ACCEPT, Seen(current, None, CommentStatus.PUBLISHED), current)
    raise DecisionConflict(
        current, None, _("The author changed this comment again after you opened it. Read it again.")
    )


def refuse_reason(verb: Verb, why: Justification) -> None:
    """Raise `ReasonRequired` for a reason that is missing, unknown, or says nothing."""
    if verb.needs_reason and not why.reason_code:
        raise ReasonRequired(_("Choose a reason."))
    if why.reason_code and why.reason_code not in Reason.values:
        raise ReasonRequired(_("Choose a reason from the list."))
    if why.reason_code == Reason.OTHER and not why.reason_text:
        raise ReasonRequired(_("Say in a few words what the other reason is."))
    if max(len(why.reason_text), len(why.note)) > REASON_TEXT_MAX_LENGTH:
        raise ReasonRequired(
            _("Keep the explanation within %(limit)s characters.") % {"limit": REASON_TEXT_MAX_LENGTH}
        )


def refuse_stale(verb: Verb, seen: Seen, current: Comment) -> None:
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
