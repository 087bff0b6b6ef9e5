"""What people may agree to: kinds of consent, each with the words in which they are asked.

An app registers its kinds on the hook `consent_kinds`. Whoever changes what one of the sentences means gives
the wording a new name there, and keeps the former words in `docs/reference/consents.md`.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from wagtail import hooks

from mail.topics import MailTopic


@dataclass(frozen=True)
class Question:
    """What stands beside a box: the consent itself, and what follows from it."""

    label: str | Promise
    help_text: str | Promise


@dataclass(frozen=True)
class ConsentKind:
    """One thing to agree to, by itself: `label` completes "You agreed …".

    `wording` is the name of the words in which it is asked now. A kind `is_for_one_comment` is given for one
    comment alone; any other for whatever the person says. One with a `topic` follows what somebody wishes to
    be told, and is given and taken back there.
    """

    name: str
    # Not compared: a kind is the same in every language.
    label: str | Promise = field(compare=False)
    wording: str
    question: Question | None = field(default=None, compare=False)
    is_for_one_comment: bool = False
    topic: MailTopic | None = None


def consent_kinds() -> dict[str, ConsentKind]:
    """Return every kind that an app has registered, by its name, in the order in which they are shown."""
    return {kind.name: kind for offer in hooks.get_hooks("consent_kinds") for kind in offer()}
