"""What moderation keeps about a person: the decisions on their comments, and those that they made."""

from moderation.models import Decision
from people.models import Participant
from people.personal_data import PersonalData, Row, labels, rows_of

FIELDS = ("comment__public_id", "verb", "decided_at", "rule", "reason_code", "reason_text")


def export(participant: Participant) -> dict[str, list[Row]]:
    of_theirs = Decision.objects.filter(comment__participant=participant)
    by_them = Decision.objects.filter(by=participant.user_id).exclude(by=None)
    return {
        "decisions": rows_of(of_theirs, FIELDS),
        # Not what they wrote: it is about somebody else.
        "decisions_made": rows_of(by_them, ("comment__public_id", "verb", "decided_at", "reason_code")),
    }


def erase(participant: Participant) -> None:
    """Take out what moderators wrote about the person's words; that there was a decision, and why, stays."""
    Decision.objects.filter(comment__participant=participant).forget_reasons()


def personal_data() -> tuple[PersonalData, ...]:
    return (PersonalData(export, erase, labels(Decision)),)
