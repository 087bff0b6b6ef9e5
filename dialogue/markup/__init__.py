"""The small closed markup of comments: from what a visitor typed to what readers see.

Paragraphs, line breaks, `*emphasis*`, `**strong**`, `[label](address)`, bare addresses, lists and quotations;
`docs/reference/comment-markup.md` describes it. markdown-it-py reads the blocks, rules of our own the
words, and the tree is written out, everything escaped. Whatever HTML a visitor types stays words, and so
does a mark that may mean something: a list is only what nobody could take for anything else.

No function here raises on any string, and each takes time in proportion to the length of its input.
"""

from dialogue.markup.parser import MAX_NESTING
from dialogue.markup.words import (
    EXCERPT_LENGTH,
    MAX_PARSED,
    RENDERER_VERSION,
    Words,
    excerpt,
    is_blank,
    normalise,
    plain,
    plain_without_marks,
    render,
    render_unmarked,
)

__all__ = [
    "EXCERPT_LENGTH",
    "MAX_NESTING",
    "MAX_PARSED",
    "RENDERER_VERSION",
    "Words",
    "excerpt",
    "is_blank",
    "normalise",
    "plain",
    "plain_without_marks",
    "render",
    "render_unmarked",
]
