"""Which marks at the start of lines are a list's, and which are of the words."""

import re
import unicodedata

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

LISTS = {"bullet_list_open", "ordered_list_open"}
ENDS_OF_LISTS = {"bullet_list_close", "ordered_list_close"}

# What may stand between a mark and the sign that it belongs to: `- (5)`, `- “5”`.
_OPENERS = " \t\xa0\u202f*_([{«“‘\"'"
_SIGNED_NUMBER = re.compile(r"[-–—.,~#][ \xa0\u202f]?[.,]?\d")
# Unicode's categories of digits, numbers, currency and mathematics: before `5`, `€` or `=` a dash is a minus.
_SIGNS_WITH_MEANING = {"Nd", "Nl", "No", "Sc", "Sm"}


def means_a_sign(words: str) -> bool:
    """Whether a mark before these words may be a sign of theirs: a minus, a more than, a dash of speech."""
    words = words.lstrip(_OPENERS)
    if not words:
        return False
    return (
        unicodedata.category(words[0]) in _SIGNS_WITH_MEANING
        or words[0] in "%‰"
        or _SIGNED_NUMBER.match(words) is not None
    )


def unmake_lists(state: StateCore) -> None:
    """Give the marks of what is no list back to the words, before these are read."""
    tokens: list[Token] = []
    lists: list[tuple[int, list[int]]] = []  # those that are open: where each begins, and its items
    for token in state.tokens:
        if token.type in LISTS:
            lists.append((len(tokens), []))
        elif token.type == "list_item_open":
            lists[-1][1].append(len(tokens))
        elif token.type in ENDS_OF_LISTS:
            start, items = lists.pop()
            if not _is_list(tokens, items):
                tokens[start:] = _as_words(tokens[start:])
                continue
        tokens.append(token)
    state.tokens = _join_lines(tokens)


def _is_list(tokens: list[Token], items: list[int]) -> bool:
    """Whether these are items beyond doubt: two or more, none empty; numbered from 1, or none with a sign."""
    if len(items) < 2 or any(tokens[place + 1].type == "list_item_close" for place in items):
        return False
    if tokens[items[0]].info:
        return [tokens[place].info for place in items] == [str(place + 1) for place in range(len(items))]
    return not any(
        tokens[place + 1].type == "paragraph_open" and means_a_sign(tokens[place + 2].content)
        for place in items
    )


def _as_words(tokens: list[Token]) -> list[Token]:
    """Return what a list holds as paragraphs, with the mark before each item; `tokens` lack its end."""
    level = tokens[0].level + 1
    words: list[Token] = []
    mark = ""
    for token in tokens[1:]:
        if token.level == level and token.type == "list_item_open":
            mark, lines = token.info + token.markup, token.map
            continue
        if mark and token.type == "inline":
            token.content, mark = f"{mark} {token.content}", ""
        elif mark and token.type != "paragraph_open":
            words += _paragraph(mark, level, lines)
            mark = ""
        if token.level == level and token.type == "list_item_close":
            continue
        # The library hides the paragraphs of a list without blank lines; outside of it they are paragraphs.
        if token.level == level + 1 and token.type in {"paragraph_open", "paragraph_close"}:
            token.hidden = False
        words.append(token)
    return words


def _paragraph(content: str, level: int, lines: list[int] | None) -> list[Token]:
    first = [lines[0], lines[0] + 1] if lines else None
    return [
        Token("paragraph_open", "p", 1, level=level, map=first),
        Token("inline", "", 0, level=level + 1, map=first, content=content, children=[]),
        Token("paragraph_close", "p", -1, level=level),
    ]


def _join_lines(tokens: list[Token]) -> list[Token]:
    """Make one paragraph of those between which nobody left a blank line."""
    joined: list[Token] = []
    for token in tokens:
        joined.append(token)
        # A paragraph is three tokens: opening, words, end. These are the openings of the last two.
        if (
            token.type == "paragraph_close"
            and [part.type for part in joined[-6::3]] == ["paragraph_open"] * 2
        ):
            first, second = joined[-6], joined[-3]
            if first.map and second.map and first.map[1] == second.map[0]:
                joined[-5].content += f"\n{joined[-2].content}"
                first.map = [first.map[0], second.map[1]]
                del joined[-3:]
    return joined
