"""What a message says: as it was typed, as it is stored, as readers see it and as it is told elsewhere."""

import re
from html import escape
from typing import Final

from dialogue.markup.parser import parse
from dialogue.markup.writers import PARAGRAPH_ENDS, direction_of, join_lines, write_html, write_lines
from portal import characters

# Stored beside what was rendered, which `render_comments` renews when this moves. Move it with every change
# of the output; one of `plain` also needs a migration, for replies quote by place (comment-markup.md).
RENDERER_VERSION: Final = 2

MAX_PARSED = 20_000  # characters; four times what the form takes. Longer texts are shown without markup

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


def render(text: str) -> str:
    """Return the comment as HTML, safe to show as it is."""
    text = normalise(text)
    if len(text) > MAX_PARSED:
        return render_unmarked(text)
    return write_html(parse(text), direction_of(text))


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


def plain(text: str) -> str:
    """Return the words as text: a dash or a number before each item, `>` before each line quoted.

    Emphasis goes, and the addresses behind labels. A blank line stands between paragraphs.
    """
    return _write_text(text, with_marks=True)


def plain_without_marks(text: str) -> str:
    """Return the same, each word at the same place, with spaces for the marks of lists and quotations.

    These are the words that a browser hands over when somebody marks them on the page.
    """
    return _write_text(text, with_marks=False)


def excerpt(text: str, length: int = 160) -> str:
    """Return the first words on one line, at most `length` characters with the ellipsis.

    Quotations are left out, for they are mostly somebody else's words, unless there is nothing else.
    """
    text = normalise(text)
    if len(text) > MAX_PARSED:
        return characters.cut_at_word(text, length)
    lines = write_lines(parse(text))
    own = [line for line in lines if not line.is_quoted]
    return characters.cut_at_word(join_lines(own) or join_lines(lines), length)


def _write_text(text: str, *, with_marks: bool) -> str:
    text = normalise(text)
    return text if len(text) > MAX_PARSED else join_lines(write_lines(parse(text)), with_marks=with_marks)
