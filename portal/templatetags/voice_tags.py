"""How somebody's words are set as a voice: by their length, and in which language they are."""

import re
from html import unescape

from django import template
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from portal.languages import foreign, name_language

register = template.Library()
OPENING_LENGTH = 180  # characters: a longer first paragraph is read, and is not a headline
COLOUR_LENGTH = 700  # what is longer would fill a screen with colour
_OPENING = re.compile(r"\s*<p\b[^>]*>(.*?)</p>", re.DOTALL)


@register.filter
def opens_briefly(words: str) -> bool:
    """Whether the first paragraph is short enough to be set large. Nothing is ever cut to make it so."""
    opening = _OPENING.match(words or "")
    return opening is not None and len(_as_read(opening[1])) <= OPENING_LENGTH


@register.filter
def fills_a_screen(words: str) -> bool:
    """Whether the words are too many to stand on colour."""
    return len(_as_read(words or "")) > COLOUR_LENGTH


@register.filter
def in_words(language: str | None) -> str:
    """Return “in French” for words in another language than the page; nothing for those in the same."""
    return (
        _("in %(language)s") % {"language": name_language(language)} if language and foreign(language) else ""
    )


def _as_read(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())
