"""What a message says: as it was typed, as it is stored, as readers see it and as it is told elsewhere."""

import re
from dataclasses import dataclass
from html import escape
from typing import Final, Self

from markdown_it.token import Token

from dialogue.markup.parser import parse
from dialogue.markup.writers import (
    PARAGRAPH_ENDS,
    Line,
    direction_of,
    join_lines,
    write_html,
    write_lines,
)
from portal import characters

# Stored beside what was rendered, which `render_comments` renews when this moves. Move it with every change
# of `Words`; one of `plain` also needs a migration, for whoever quotes does so by place (comment-markup.md).
RENDERER_VERSION: Final = 3

EXCERPT_LENGTH = 160
MAX_PARSED = 20_000  # characters; four times what the form takes. Longer texts are shown without markup

# Two blank lines may part what somebody wrote; more would only take room.
_BLANK_LINES = re.compile(r"\n{4,}")


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, line feeds, nothing unseen, no piled marks, no blank ends.

    Call it after the form has refused NUL (Django's character fields do), and measure the length
    afterwards: a few rare letters take more room once composed. Doing it twice changes nothing.
    """
    composed = characters.compose(characters.with_unix_lines(text), keep_direction_marks=True)
    lines = [line.rstrip() if line and not is_blank(line) else "" for line in composed.split("\n")]
    return _BLANK_LINES.sub("\n\n\n", "\n".join(lines)).strip("\n")


def is_blank(text: str) -> bool:
    """Whether nothing would be seen: spaces of all kinds, fillers, marks and controls are not words."""
    return not any(characters.is_visible(sign) for sign in text)


@dataclass(frozen=True)
class Words:
    """What a message says, made by `Words.of` in one parse when it is written, and stored with it.

    `html` is safe to show as it is. `plain` has a dash or a number before each item and `>` before each line
    quoted; emphasis goes, and the addresses behind labels; a blank line stands between paragraphs. `excerpt`
    is how it begins, on one line.
    """

    text: str
    html: str
    plain: str
    excerpt: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Return all that is made of what somebody typed."""
        text = normalise(text)
        tokens = _read(text)
        if tokens is None:
            return cls(text, render_unmarked(text), text, characters.cut_at_word(text, EXCERPT_LENGTH))
        lines = write_lines(tokens)
        html = write_html(tokens, direction_of(text))
        return cls(text, html, join_lines(lines), _begin(lines, EXCERPT_LENGTH))


def render(text: str) -> str:
    """Return the HTML of these words alone."""
    return Words.of(text).html


def plain(text: str) -> str:
    """Return the plain text of these words alone."""
    return Words.of(text).plain


def plain_without_marks(text: str) -> str:
    """Return the plain text, each word at the same place, with spaces for the marks of lists and quotations.

    These are the words that a browser hands over when somebody marks them on the page.
    """
    text = normalise(text)
    tokens = _read(text)
    return text if tokens is None else join_lines(write_lines(tokens), with_marks=False)


def excerpt(text: str, length: int = EXCERPT_LENGTH) -> str:
    """Return the first words on one line, at most `length` characters with the ellipsis.

    Quotations are left out, for they are mostly somebody else's words, unless there is nothing else.
    """
    text = normalise(text)
    tokens = _read(text)
    return characters.cut_at_word(text, length) if tokens is None else _begin(write_lines(tokens), length)


def render_unmarked(text: str) -> str:
    """Return the text as escaped paragraphs, markup and all: what is shown when it cannot be parsed."""
    text = normalise(text)
    direction = direction_of(text)
    paragraphs = PARAGRAPH_ENDS.split(text)
    return "\n".join(
        f"<p{direction}>{escape(paragraph).replace('\n', '<br>\n')}</p>"
        for paragraph in paragraphs
        if paragraph
    )


def _read(text: str) -> list[Token] | None:
    """Return the tokens of a text, or None for one that is too long to be parsed."""
    return None if len(text) > MAX_PARSED else parse(text)


def _begin(lines: list[Line], length: int) -> str:
    own = [line for line in lines if not line.is_quoted]
    return characters.cut_at_word(join_lines(own) or join_lines(lines), length)
