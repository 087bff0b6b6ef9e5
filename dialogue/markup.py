"""The small closed markup of comments: from what a visitor typed to what readers see.

Paragraphs, line breaks, `*emphasis*`, `**strong**`, `[label](address)`, bare addresses, lists and quotations;
`docs/reference/comment-markup.md` describes it. markdown-it-py reads the blocks, the rules below read the
words, and the tree is written out here, everything escaped. Whatever HTML a visitor types stays words, and so
does a mark that may mean something: a list is only what nobody could take for anything else.

No function here raises on any string, and each takes time in proportion to the length of its input.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from dialogue import addresses
from portal import characters
from portal.destinations import NEAR, told_destination

# Stored beside what was rendered, which `render_comments` renews when this moves. Move it with every change
# of the output; one of `plain` also needs a migration, for replies quote by place (comment-markup.md).
RENDERER_VERSION: Final = 2

MAX_NESTING = 4  # lists and quotations inside each other; deeper markers stay words
MAX_PARSED = 20_000  # characters; four times what the form takes. Longer texts are shown without markup
LINK_RELATION = "nofollow ugc noopener noreferrer"

_BLANK_LINES = re.compile(r"\n{4,}")
_PARAGRAPH_ENDS = re.compile(r"\n{2,}")
_LIST_START = re.compile(r"(?:[-*]|\d{1,3}\.)[ \t]+\S")
# Signs of quotation, then words: right behind the last sign only a letter or what opens speech.
_QUOTATION_START = re.compile(
    r"(?:>[ \t]*+)*>(?:[ \t]+(?P<words>[^\s>].*)|(?=[^\W\d_]|[«“‘\"'])(?P<near>.*))"
)
_MARKS_OF_LISTS = re.compile(r"(?:(?:[-*]|\d{1,3}\.)[ \t]+)*+(?=[^\W\d_])")
_OPENERS = " \t\xa0\u202f*_([{«“‘\"'"
_SIGNED_NUMBER = re.compile(r"[-–—.,~#][ \xa0\u202f]?[.,]?\d")
_LISTS = {"bullet_list_open", "ordered_list_open"}
_ENDS_OF_LISTS = {"bullet_list_close", "ordered_list_close"}
_SIGNS_WITH_MEANING = {"Nd", "Nl", "No", "Sc", "Sm"}

# Labels hold no brackets, addresses no parentheses inside parentheses; possessive, so nothing is read twice.
_LINK = re.compile(
    r"\[(?P<label>[^\[\]\n]{1,300}+)\]\([ \t]*+"
    r"(?P<address>[^\s()<>]++(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)[ \t]*+\)"
)
_SIGNS_OF_LINKS = re.compile(r"\]\([^\s()]*\)|[\[\]]")
_ESCAPABLE = "*[]\\"


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
    return _write_html(_parse(text), _direction_of(text))


def render_unmarked(text: str) -> str:
    """Return the text as escaped paragraphs, markup and all: what is shown when it cannot be parsed."""
    text = normalise(text)
    paragraphs = _PARAGRAPH_ENDS.split(text)
    return "\n".join(
        f"<p{_direction_of(text)}>{escape(paragraph).replace('\n', '<br>\n')}</p>"
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
    lines = _write_lines(_parse(text))
    own = [line for line in lines if not line.is_quoted]
    return characters.cut_at_word(_join(own) or _join(lines), length)


def _write_text(text: str, *, with_marks: bool) -> str:
    text = normalise(text)
    return text if len(text) > MAX_PARSED else _join(_write_lines(_parse(text)), with_marks=with_marks)


# Reading: the blocks by the library's rules, held back where they would surprise; the words by our own.


def _read_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what may be a list, whose first marker has words after it; `_unmake_lists` looks at the whole."""
    return _LIST_START.match(_line(state, start)) is not None and _nest(list_block, state, start, end, silent)


def _read_quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quotation that begins with words: `> 5 minutes` opens none, and no line right below it does."""
    match = _QUOTATION_START.match(_line(state, start))
    if match is None or _means_a_sign(_MARKS_OF_LISTS.sub("", match["words"] or match["near"], 1)):
        return False
    if start > state.line and _line(state, start - 1).startswith(">"):
        return False
    return _nest(blockquote, state, start, end, silent)


def _means_a_sign(words: str) -> bool:
    """Whether a mark before these words may be a sign of theirs: a minus, a more than, a dash of speech."""
    words = words.lstrip(_OPENERS)
    if not words:
        return False
    return (
        unicodedata.category(words[0]) in _SIGNS_WITH_MEANING
        or words[0] in "%‰"
        or _SIGNED_NUMBER.match(words) is not None
    )


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _nest(rule: RuleFuncBlockType, state: StateBlock, start: int, end: int, silent: bool) -> bool:
    depth = state.env.get("depth", 0)
    if depth >= MAX_NESTING:
        return False
    state.env["depth"] = depth + 1
    found = rule(state, start, end, silent)
    state.env["depth"] = depth
    return found


def _unmake_lists(state: StateCore) -> None:
    """Give the marks of what is no list back to the words, before these are read."""
    tokens: list[Token] = []
    lists: list[tuple[int, list[int]]] = []  # those that are open: where each begins, and its items
    for token in state.tokens:
        if token.type in _LISTS:
            lists.append((len(tokens), []))
        elif token.type == "list_item_open":
            lists[-1][1].append(len(tokens))
        elif token.type in _ENDS_OF_LISTS:
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
        tokens[place + 1].type == "paragraph_open" and _means_a_sign(tokens[place + 2].content)
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


def _read_escape(state: StateInline, silent: bool) -> bool:
    following = state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] != "\\" or state.pos + 1 >= state.posMax or following not in _ESCAPABLE:
        return False
    state.append_pending(following)
    state.pos += 2
    return True


def _read_asterisks(state: StateInline, silent: bool) -> bool:
    """Mark the asterisks that may open or close emphasis: never those inside a word, so 2*3*4 stays."""
    if state.src[state.pos] != "*":
        return False
    run = state.scanDelims(state.pos, False)
    for _ in range(run.length):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open,
                close=run.can_close,
            )
        )
    state.pos += run.length
    return True


def _read_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    match = _LINK.match(state.src, state.pos, state.posMax)
    if match is None or not addresses.is_honest_link(match["label"], match["address"]):
        return False
    before, after = state.src[max(0, match.start() - NEAR) : match.start()], state.src[match.end() :][:NEAR]
    state.push("link_open", "a", 1).attrs = {"href": match["address"]}
    maximum = state.posMax
    state.pos, state.posMax = match.span("label")
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.pos, state.posMax = match.end(), maximum
    _tell_destination(
        state,
        match["label"],
        match["address"],
        before=_SIGNS_OF_LINKS.sub("", before),
        after=_SIGNS_OF_LINKS.sub("", after),
    )
    return True


def _tell_destination(state: StateInline, words: str, address: str, **beside: str) -> None:
    """Write where the link leads that has just been closed, unless its words do."""
    told = told_destination(words, address, **beside)
    if told:
        state.push("text", "", 0).content = f" ({told})"


def _read_bare_address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or state.src[state.pos] not in "hH":
        return False
    before = state.src[state.pos - 1] if state.pos else ""
    if before.isalnum():
        return False
    match = addresses.BARE_ADDRESS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    address = addresses.without_trailing_punctuation(match[0], before)
    state.pos += len(address)
    if not addresses.is_safe(address):
        state.append_pending(address)  # as a whole, so that nothing inside it is read again
        return True
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    _tell_destination(state, address.partition("://")[2], address)
    return True


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("list", _read_list, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("blockquote", _read_quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.after("block", "unmake_lists", _unmake_lists)
    inline.at("escape", _read_escape)
    inline.at("emphasis", _read_asterisks)
    inline.at("link", _read_link)
    inline.at("autolink", _read_bare_address)
    for first_letter in "hH":
        parser.inline.add_terminator_char(first_letter)
    parser.enable(["list", "blockquote", "newline", "escape", "emphasis", "link", "autolink"])
    return parser


_PARSER = _make_parser()


def _parse(text: str) -> list[Token]:
    tokens: list[Token] = []
    for token in _PARSER.parse(text, {}):
        tokens.extend((token.children or []) if token.type == "inline" else [token])
    return tokens


# Writing. Tags are closed from a list of those open, so that what comes out is always well formed.

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


def _direction_of(text: str) -> str:
    """Return the attribute by which each block asks its own words for their direction, where any needs it."""
    return ' dir="auto"' if characters.has_right_to_left(text) else ""


def _write_html(tokens: list[Token], direction: str) -> str:
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
        return "" if tag in open_tags else tag
    return tag + direction


_QUOTATION_MARK = "> "


@dataclass
class _Line:
    """A line of plain text: the marks of what it stands in, and its words."""

    marks: str = ""
    words: str = ""
    is_quoted: bool = False


def _write_lines(tokens: list[Token]) -> list[_Line]:
    lines = [_Line()]
    marks: list[str] = []  # of the quotations and the items that are open; an item's stand on one line alone
    for token in tokens:
        if token.type == "blockquote_open":
            marks.append(_QUOTATION_MARK)
        elif token.type == "list_item_open":
            marks.append(f"{token.info}. " if token.info else "- ")
        elif token.type in {"blockquote_close", "list_item_close"}:
            marks.pop()
        elif token.type in _BREAKS or (token.type == "paragraph_close" and token.hidden):
            lines.append(_Line())
        elif token.type == "paragraph_close":
            lines += [_Line(), _Line()]
        elif token.type in _ENDS_OF_LISTS:
            lines += [] if marks and marks[-1] != _QUOTATION_MARK else [_Line()]
        elif token.content:
            line = lines[-1]
            if not line.words:
                line.marks, line.is_quoted = "".join(marks), _QUOTATION_MARK in marks
                marks = [mark if mark == _QUOTATION_MARK else "" for mark in marks]
            line.words += token.content
    return lines


def _join(lines: list[_Line], *, with_marks: bool = True) -> str:
    text = "\n".join(f"{line.marks if with_marks else ' ' * len(line.marks)}{line.words}" for line in lines)
    return _PARAGRAPH_ENDS.sub("\n\n", text).strip("\n")
