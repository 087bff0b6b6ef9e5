"""What moderation keeps about a person: the decisions on their comments, and those that they made."""

from moderation.models import Decision
from people.models import Participant
from people.personal_data import PersonalData, Row, rows_of

FIELDS = ("comment__public_id", "verb", "decided_at", "rule", "reason_code", "reason_text")


def export(participant: Participant) -> dict[str, list[Row]]:
    decisions = Decision.objects.filter(comment__participant=participant)
    return {"decisions": rows_of(decisions, FIELDS)}


def erase(participant: Participant) -> None:
    """Take out what moderators wrote about the person's words; that there was a decision, and why, stays."""
    Decision.objects.filter(comment__participant=participant).forget_reasons()


def personal_data() -> tuple[PersonalData, ...]:
    return (PersonalData(export, erase),)
