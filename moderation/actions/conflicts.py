"""What a decider had before their eyes, and the refusal where it has moved on since."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogue.actions import CommentRefused, Refusal
from dialogue.models import Comment, CommentStatus
from moderation.models import Decision, Verb
from portal.formats import write_date


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
    Verb.UPHOLD: gettext_lazy("%(who)s answered this appeal on %(when)s, after you opened it."),
}
# Where an act leads.
RESULT = {
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
    appeal: int | None = None  # the key of the one that waited for an answer


def refuse_stale_edit(current: Comment, decision: Decision | None) -> None:
    """Raise `DecisionConflict`: the change that the decider saw does not wait any more."""
    if decision is not None:
        raise DecisionConflict(current, decision, conflict_sentence(decision))
    if not current.is_published:
        refuse_stale(Verb.ACCEPT, Seen(current, None, CommentStatus.PUBLISHED), current)
    raise DecisionConflict(
        current, None, _("The author changed this comment again after you opened it. Read it again.")
    )


def refuse_stale(verb: Verb, seen: Seen, current: Comment) -> None:
    """Raise `DecisionConflict` where the comment is no longer what the decider saw."""
    if seen.version is not None and seen.version != current.version:
        raise DecisionConflict(
            current, None, _("The author changed this comment after you opened it. Read it again.")
        )
    # Of this no decision tells, for the author did it.
    if seen.status is not None and current.status == CommentStatus.WITHDRAWN:
        raise DecisionConflict(current, None, _("The author withdrew this comment after you opened it."))
    # Where the act would have led to is no conflict: it then returns quietly, as the second time.
    if seen.status is None or current.status in {seen.status, RESULT.get(verb)}:
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
