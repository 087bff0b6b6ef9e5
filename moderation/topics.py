"""What moderators are told of by mail."""

from django.utils.translation import gettext_lazy as _

from mail.topics import MailTopic
from people.models import Participant


def moderates(participant: Participant) -> bool:
    return participant.user is not None and participant.user.has_perm("dialogue.moderate_comment")


WAITING = MailTopic(
    "waiting",
    _("comments that wait for a moderator"),
    is_told_unasked=True,
    is_offered_to=moderates,
    because=_("You get this because you decide on comments here."),
)


def mail_topics() -> tuple[MailTopic, ...]:
    return (WAITING,)
