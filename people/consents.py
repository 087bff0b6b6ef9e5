"""The words in which people are asked what they agree to.

Whoever changes what one of them means gives the wording a new name in `people.actions.consents`, and keeps
the former words in `docs/reference/consents.md`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Question:
    """What stands beside a box: the consent itself, and what follows from it."""

    label: str | Promise
    help_text: str | Promise


QUOTE = Question(
    _("You may quote me under this name"),
    _(
        "If you agree, an editor may quote these words in an article, with a link to them. You decide; your "
        "comment is treated the same either way."
    ),
)
ASK = Question(
    _("You may ask me before quoting me"),
    _(
        "An editor may then write to you to ask. Where you have agreed to nothing, nobody quotes you and "
        "nobody asks."
    ),
)
REPLIES = Question(
    _("Tell me of replies by e-mail"),
    _("We write when somebody replies to you here. Every message has a link that stops them."),
)
OUTCOMES = Question(
    _("You may tell me what became of it"),
    _(
        "Where we tell what came of a dialogue in which you spoke, we may write to you about it. Not every "
        "dialogue gets such a message."
    ),
)
FOLLOWS = Question(
    _("Follow it"),
    _(
        "We write to you when somebody speaks here, as often as you choose. Every message has a link that "
        "stops it."
    ),
)
