"""What words and names must be to be taken, whoever brings them: a form, a command, an importer."""

from collections.abc import Container

from django.utils.translation import gettext as _

from dialogue import markup
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.models.words import TEXT_MAX_LENGTH
from people.names import clean_name
from people.permissions import taken_names
from portal.formats import write_number

REJOINDER_LENGTH = 300  # characters: it stands beside other words, and is no article


def check_text(text: str) -> str:
    """Return the words as they are stored. Raises `CommentRefused` where there are none, or too many."""
    # Far too long is refused by its length alone, before anything reads it.
    if len(text) <= 2 * TEXT_MAX_LENGTH:
        text = markup.normalise(text)
    if len(text) > TEXT_MAX_LENGTH:
        sentence = _("Your comment has %(length)s characters; at most %(limit)s are possible.")
        numbers = {"length": write_number(len(text)), "limit": write_number(TEXT_MAX_LENGTH)}
        raise CommentRefused(sentence % numbers, Refusal.TOO_LONG)
    if markup.is_blank(text):
        raise CommentRefused(_("Write your comment first."), Refusal.NO_WORDS)
    return text


def check_rejoinder(text: str) -> str:
    """Return the words of a reply that stands with a quotation, by the same rules: they are fewer."""
    text = check_text(text)
    if len(text) > REJOINDER_LENGTH:
        sentence = _("Your reply has %(length)s characters; at most %(limit)s are possible.")
        numbers = {"length": write_number(len(text)), "limit": write_number(REJOINDER_LENGTH)}
        raise CommentRefused(sentence % numbers, Refusal.TOO_LONG)
    return text


def check_name(typed: str, *, taken: Container[str] | None = None) -> str:
    """Return the name under which a guest appears. Raises `CommentRefused` where it will not do.

    `taken` are those of many names that are taken (`taken_names`), where they were asked for together.
    """
    name = clean_name(typed)
    if not name:
        raise CommentRefused(_("Give the name under which your comment appears."), Refusal.NO_NAME)
    if typed in (taken_names([typed]) if taken is None else taken):
        # Policy: no more is told. Why would say who works here.
        raise CommentRefused(_("Choose another name."), Refusal.NAME_TAKEN)
    return name
