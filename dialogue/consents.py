"""What those who take part in a conversation may agree to, and the words in which they are asked.

Whoever changes what one of the sentences means gives the wording a new name, and keeps the former words in
`docs/reference/consents.md`.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dialogue import topics
from privacy.consents import ConsentKind, Question

PUBLISH = ConsentKind("publish", _("to publish a comment"), "publish-1", is_for_one_comment=True)
QUOTE = ConsentKind(
    "quote",
    _("to quote a comment"),
    "quote-1",
    Question(
        _("You may quote me under this name"),
        _(
            "If you agree, an editor may quote these words in an article, with a link to them. You decide; "
            "your comment is treated the same either way."
        ),
    ),
    is_for_one_comment=True,
)
# Given for one quotation, as the request for it shows it. Asked by the page on which it is answered.
QUOTATION = ConsentKind(
    "quotation",
    _("to be quoted on one page"),
    "quotation-1",
    Question(
        _("You may quote these words of mine on this page, under this name"),
        _("Exactly these words, and nowhere else. You may take it back at any time: they go at once."),
    ),
    is_for_one_comment=True,
)
# The same, for words that were said among fewer people than read the page.
QUOTATION_FOR_PUBLIC = replace(
    QUOTATION,
    wording="quotation-public-1",
    question=Question(
        _("You may show these words of mine to everybody on this page, under this name"),
        _(
            "You said them where fewer people read. A second person of the organisation decides as well "
            "before everybody sees them. You may take it back at any time: they go at once."
        ),
    ),
)
ASK = ConsentKind(
    "ask",
    _("to ask before quoting"),
    "ask-1",
    Question(
        _("You may ask me before quoting me"),
        _(
            "An editor may then write to you to ask. Where you have agreed to nothing, nobody quotes you "
            "and nobody asks."
        ),
    ),
)
REPLIES = ConsentKind(
    "replies",
    _("to tell of replies"),
    "mail-1",
    Question(
        _("Tell me of replies by email"),
        _("We write when somebody replies to you here. Every message has a link that stops them."),
    ),
    topic=topics.REPLIES,
)
OUTCOMES = ConsentKind(
    "outcomes",
    _("to tell of outcomes"),
    "mail-1",
    Question(
        _("You may tell me what became of it"),
        _(
            "Where we tell what came of a dialogue in which you spoke, we may write to you about it. Not "
            "every dialogue gets such a message."
        ),
    ),
    topic=topics.OUTCOMES,
)
FOLLOWS = ConsentKind(
    "follows",
    _("to tell of conversations followed"),
    "follow-1",
    Question(
        _("Follow it"),
        _(
            "We write to you when somebody speaks here, as often as you choose. Every message has a link "
            "that stops it."
        ),
    ),
    topic=topics.FOLLOWS,
)


def consent_kinds() -> tuple[ConsentKind, ...]:
    return (PUBLISH, QUOTE, QUOTATION, ASK, REPLIES, OUTCOMES, FOLLOWS)
