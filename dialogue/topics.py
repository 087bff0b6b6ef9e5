"""What those who take part in a conversation may be told of by mail."""

from django.utils.translation import gettext_lazy as _

from mail.topics import MailTopic

# Why those who work on pages are told, without a topic.
EDITS = _("You get this because you look after a page that quotes somebody.")

REPLIES = MailTopic("replies", _("replies to my comments"))
OUTCOMES = MailTopic("outcomes", _("what became of dialogues in which I spoke"))
FOLLOWS = MailTopic("follows", _("new comments in the conversations that I follow"))


def mail_topics() -> tuple[MailTopic, ...]:
    return (REPLIES, OUTCOMES, FOLLOWS)
