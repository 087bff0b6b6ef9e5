"""Writing comments, as HTML and as text.

Tags are closed from a list of those open, so that what comes out is always well formed.
"""

import re
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from dialogue.markup.lists import ENDS_OF_LISTS
from portal import characters

# `ugc` and `nofollow`: our visitors' links are no recommendation of ours to search engines.
LINK_RELATION = "nofollow ugc noopener noreferrer"
PARAGRAPH_ENDS = re.compile(r"\n{2,}")

_PLAIN_TAGS = {
    "paragraph_open": "p",
    "blockquote_open": "blockquote",
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "em_open": "em",
    "strong_open": "strong",
}
_INLINE_TAGS = {"em", "strong"}
_BREAKS = {"softbreak", "hardbreak"}


def direction_of(text: str) -> str:
    """Return the attribute by which each block asks its own words for their direction, where any needs it."""
    return ' dir="auto"' if characters.has_right_to_left(text) else ""


def write_html(tokens: list[Token], direction: str) -> str:
    html: list[str] = []
    open_tags: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            tag = _opening_tag(token, open_tags, direction)
            open_tags.append(tag.partition(" ")[0])
            html.append(f"<{tag}>" if tag else "")
        elif token.nesting < 0:
            name = open_tags.pop()
            if name == "li" and html[-1] == "\n":
                html.pop()
            # Empty for what got no tag: the list of open ones keeps its place all the same.
            html.append(f"</{name}>" if name else "")
            html.append("" if token.type in {"em_close", "strong_close", "link_close"} else "\n")
        else:
            html.append("<br>\n" if token.type in _BREAKS else escape(token.content))
    return "".join(html).rstrip("\n")


def _opening_tag(token: Token, open_tags: list[str], direction: str) -> str:
    """Return the tag without its brackets, or nothing where the words stand better without it."""
    if token.type == "link_open":
        return f'a href="{escape(str(token.attrs["href"]))}" rel="{LINK_RELATION}"'
    if token.hidden:
        return ""
    tag = _PLAIN_TAGS[token.type]
    if tag in _INLINE_TAGS:
        # `<em>` inside `<em>` says nothing more.
        return "" if tag in open_tags else tag
    return tag + direction


_QUOTATION_MARK = "> "


@dataclass
class Line:
    """A line of plain text: the marks of what it stands in, and its words."""

    marks: str = ""
    words: str = ""
    is_quoted: bool = False


def write_lines(tokens: list[Token]) -> list[Line]:
    lines = [Line()]
    marks: list[str] = []  # of the quotations and the items that are open; an item's stand on one line alone
    for token in tokens:
        if token.type == "blockquote_open":
            marks.append(_QUOTATION_MARK)
        elif token.type == "list_item_open":
            marks.append(f"{token.info}. " if token.info else "- ")
        elif token.type in {"blockquote_close", "list_item_close"}:
            marks.pop()
        elif token.type in _BREAKS or (token.type == "paragraph_close" and token.hidden):
            lines.append(Line())
        elif token.type == "paragraph_close":
            lines += [Line(), Line()]
        elif token.type in ENDS_OF_LISTS:
            lines += [] if marks and marks[-1] != _QUOTATION_MARK else [Line()]
        elif token.content:
            line = lines[-1]
            if not line.words:
                line.marks, line.is_quoted = "".join(marks), _QUOTATION_MARK in marks
                marks = [mark if mark == _QUOTATION_MARK else "" for mark in marks]
            line.words += token.content
    return lines


def join_lines(lines: list[Line], *, with_marks: bool = True) -> str:
    text = "\n".join(f"{line.marks if with_marks else ' ' * len(line.marks)}{line.words}" for line in lines)
    return PARAGRAPH_ENDS.sub("\n\n", text).strip("\n")
