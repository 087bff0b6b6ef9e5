"""How long moderation keeps what it wrote about people's words."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moderation.models import Decision
from people.personal_data import labels
from people.retention import RetentionRule, StandingRule


def explained(cutoff: datetime) -> QuerySet:
    return Decision.objects.exclude(reason_text="").filter(decided_at__lte=cutoff)


def forget_explanations(decisions: QuerySet) -> None:
    decisions.forget_reasons()


RULES = (
    RetentionRule(
        "explanations",
        "reasons",
        _("What a moderator wrote about a comment, beside the reason from the list"),
        _("from when the comment was decided on"),
        _("It is deleted; the decision and its reason stay."),
        labels(Decision),
        explained,
        forget_explanations,
    ),
    StandingRule(
        _("That somebody decided on a comment: who, what, when, and the reason from the list"),
        _("As long as the comment has its place; it holds none of its words."),
        labels(Decision),
    ),
)


def retention_rules() -> tuple[RetentionRule | StandingRule, ...]:
    return RULES
