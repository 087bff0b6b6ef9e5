"""Why a comment was rejected or hidden, and what its author is told of each reason (decision 41)."""

import re
from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MESSAGE_MAX_LENGTH = 1_000
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# What an administrator may write in braces: whose comment, under which page, where the rules are.
NAME, TITLE, RULES = "name", "title", "rules"
PLACEHOLDERS = (NAME, TITLE, RULES)


class Reason(models.TextChoices):
    """Why a comment was rejected or hidden, in words that its author may read."""

    OFF_TOPIC = "off_topic", gettext_lazy("off topic")
    PERSONAL_ATTACK = "personal_attack", gettext_lazy("personal attack")
    ADVERTISING = "advertising", gettext_lazy("advertising")
    PERSONAL_INFORMATION = "personal_information", gettext_lazy("personal information about somebody")
    UNLAWFUL = "unlawful", gettext_lazy("unlawful content")
    DUPLICATE = "duplicate", gettext_lazy("duplicate of another comment")
    OTHER = "other", gettext_lazy("another reason")


# What ships; a site writes its own in its settings. Of “another reason” the moderator says all that there is.
DEFAULT_MESSAGES: dict[str, str | Promise] = {
    Reason.OFF_TOPIC: gettext_lazy(
        "What you write has nothing to do with “{title}”. It may be welcome on another page.\n"
        "The rules of the conversation: {rules}"
    ),
    Reason.PERSONAL_ATTACK: gettext_lazy(
        "Say what you think of what was said or done, not of the person. Written so, it is welcome.\n"
        "The rules of the conversation: {rules}"
    ),
    Reason.ADVERTISING: gettext_lazy(
        "We publish no advertising, and no message that goes from page to page.\n"
        "The rules of the conversation: {rules}"
    ),
    Reason.PERSONAL_INFORMATION: gettext_lazy(
        "It tells things about somebody that are theirs to tell: an address, a number, their health. Without "
        "them, it is welcome.\nThe rules of the conversation: {rules}"
    ),
    Reason.UNLAWFUL: gettext_lazy(
        "We do not publish what the law forbids.\nThe rules of the conversation: {rules}"
    ),
    Reason.DUPLICATE: gettext_lazy("You have said the same already: one comment is enough."),
    Reason.OTHER: "",
}


def refuse_placeholders(text: str) -> None:
    """Raise `ValidationError` for braces that stand for nothing."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            sentence = _("“%(name)s” is no placeholder. There are: %(known)s.")
            raise ValidationError(sentence % {"name": f"{{{name}}}", "known": known})
    if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
        raise ValidationError(
            _("A brace stands alone. Write placeholders like %(known)s.") % {"known": known}
        )


def fill_message(text: str, values: Mapping[str, str]) -> str:
    """Return a message with its placeholders filled; a line that needs what is not there is left out."""
    return "\n".join(_filled_lines(text, values))


def _filled_lines(text: str, values: Mapping[str, str]) -> Iterator[str]:
    for line in text.splitlines():
        if all(values.get(name) for name in PLACEHOLDER.findall(line)):
            yield PLACEHOLDER.sub(lambda match: values[match[1]], line)
