"""What people may be told of: topics, each agreed to, and stopped, by itself.

An app that has something to tell registers its topics on the hook `mail_topics`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from wagtail import hooks

from mail.models import MailFrequency
from people.models import Participant


def _everybody(participant: Participant) -> bool:
    return True


@dataclass(frozen=True)
class MailTopic:
    """One topic: `label` completes "You are told of …".

    Whoever was never asked hears nothing of it, unless it `is_told_unasked`, by right of an office.
    `is_offered_to` says who may choose it at all.
    """

    name: str
    # Not compared: a topic is the same in every language.
    label: str | Promise = field(compare=False)
    is_told_unasked: bool = False
    is_offered_to: Callable[[Participant], bool] = field(default=_everybody, compare=False)
    # Why somebody is told, where it is not that they asked for it.
    because: str | Promise = field(default="", compare=False)

    @property
    def frequency_unasked(self) -> MailFrequency:
        """How often somebody is told who was never asked."""
        return MailFrequency.IMMEDIATE if self.is_told_unasked else MailFrequency.NEVER


def mail_topics() -> dict[str, MailTopic]:
    """Return every topic that an app has registered, by its name, in the order in which they are shown."""
    return {topic.name: topic for offer in hooks.get_hooks("mail_topics") for topic in offer()}
