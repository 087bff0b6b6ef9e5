"""An author asks that somebody else look again, and somebody else answers (decision 41)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dialogue import actions as dialogue_actions
from dialogue.actions import CommentRefused, Refusal, check_text
from dialogue.models import Comment, CommentStatus
from moderation.actions.conflicts import DecisionConflict, Seen, conflict_sentence
from moderation.mail import tell_of_waiting
from moderation.models import Appeal, Decision, Verb
from moderation.permissions import AppealPermissionTester, AppellantPermissionTester
from people.models import Participant, User


class OwnDecision(CommentRefused):
    """Whoever took the decision that is appealed against may not answer the appeal."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        super().__init__(
            _("You took this decision yourself: somebody else answers the appeal."), Refusal.NOT_YOURS
        )


def appeal_decision(comment: Comment, text: str, *, by: Participant) -> Appeal:
    """Write down that the author appeals against how the comment was decided on; moderators are told.

    Once against each decision: the second time, the appeal that there is comes back, as it was. Raises
    `CommentRefused` for words that are none or too many and where it is too late, `PermissionDenied` for
    whatever nobody, or somebody else, may appeal against.
    """
    if comment.participant_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        decision = decision_in_force(dialogue_actions.lock_comment(comment))
        if decision is None:
            raise PermissionDenied
        made = Appeal.objects.filter(decision=decision).first()
        if made is not None:
            return made
        if decision.open_to_appeal_until is None:
            raise CommentRefused(_("The time in which you could appeal is over."), Refusal.TOO_LATE)
        if not AppellantPermissionTester(decision, by).can_appeal():
            raise PermissionDenied
        appeal = Appeal.objects.create(comment=comment, decision=decision, text=check_text(text))
        tell_of_waiting(comment, besides=decision.by)
    return appeal


def decision_in_force(comment: Comment) -> Decision | None:
    """Return the decision by which a comment stands rejected or hidden; None where it does not."""
    decision = comment.decisions.about_status().select_related("by", "event", "comment__page").first()
    if decision is None or decision.event is None or decision.event.status_after != comment.status:
        return None
    return decision if decision.verb in {Verb.REJECT, Verb.HIDE} else None


def find_appeal(seen: Seen, current: Comment, *, by: User) -> Appeal | None:
    """Return the appeal that an act on the comment, as it stands now, would answer; None where there is none.

    Raises `DecisionConflict` where the decider saw one that somebody has answered since, and `OwnDecision`
    where it is against what they decided themselves.
    """
    if seen.appeal is None and current.status not in {CommentStatus.REJECTED, CommentStatus.HIDDEN}:
        return None
    appeal = Appeal.objects.open().filter(comment=current).select_related("decision", "comment__page").first()
    if seen.appeal is not None and (appeal is None or appeal.pk != seen.appeal):
        was = Decision.objects.filter(appeal_answered=seen.appeal).select_related("by").first()
        raise DecisionConflict(current, was, conflict_sentence(was))
    if appeal is not None and AppealPermissionTester(appeal, by).took_the_decision():
        raise OwnDecision(current)
    return appeal


def answer_appeal(appeal: Appeal | None, outcome: Decision) -> None:
    """Write at an appeal, where there is one, by which decision it was answered."""
    if appeal is not None:
        Appeal.objects.filter(pk=appeal.pk, outcome=None).update(outcome=outcome)
