"""The small closed markup of comments: from what a visitor typed to what readers see.

Paragraphs, line breaks, `*emphasis*`, `**strong**`, `[label](address)`, bare addresses, lists and quotations;
`docs/reference/comment-markup.md` describes it. markdown-it-py reads the blocks, the rules below read the
words, and the tree is written out here, everything escaped. Whatever HTML a visitor types stays words.

No function here raises on any string, and each takes time in proportion to the length of its input.
"""

import re
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from dialogue import addresses
from portal import characters

# Stored beside what was rendered, which is renewed when this moves. Move it with every change of the output.
RENDERER_VERSION: Final = 1

MAX_NESTING = 4  # lists and quotations inside each other; deeper markers stay words
MAX_PARSED = 20_000  # characters; four times what the form takes. Longer texts are shown without markup
LINK_RELATION = "nofollow ugc noopener noreferrer"

_BLANK_LINES = re.compile(r"\n{4,}")
_PARAGRAPH_ENDS = re.compile(r"\n{2,}")
_LIST_START = re.compile(r"(?:[-*]|\d{1,3}\.)[ \t]+\S")
_QUOTATION_START = re.compile(r">[ \t]*[^\s>]|>[ \t]*>+[ \t]*\S")

# Labels hold no brackets, addresses no parentheses inside parentheses; possessive, so nothing is read twice.
_LINK = re.compile(
    r"\[(?P<label>[^\[\]\n]{1,300}+)\]\([ \t]*+"
    r"(?P<address>[^\s()<>]++(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)[ \t]*+\)"
)
_ESCAPABLE = "*[]\\"


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, line feeds, nothing unseen, no piled marks, no blank ends.

    Call it after the form has refused NUL (Django's character fields do), and measure the length
    afterwards: a few rare letters take more room once composed. Doing it twice changes nothing.
    """
    composed = characters.compose(characters.with_unix_lines(text))
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
    return _write_html(_parse(text))


def render_unmarked(text: str) -> str:
    """Return the text as escaped paragraphs, markup and all: what is shown when it cannot be parsed."""
    paragraphs = _PARAGRAPH_ENDS.split(normalise(text))
    return "\n".join(
        f"<p>{escape(paragraph).replace('\n', '<br>\n')}</p>" for paragraph in paragraphs if paragraph
    )


def plain(text: str) -> str:
    """Return the words without their markup; a blank line stands between paragraphs."""
    text = normalise(text)
    return text if len(text) > MAX_PARSED else _write_words(_parse(text))


def excerpt(text: str, length: int = 160) -> str:
    """Return the first words on one line, at most `length` characters with the ellipsis.

    Quotations are left out, for they are mostly somebody else's words, unless there is nothing else.
    """
    text = normalise(text)
    if len(text) > MAX_PARSED:
        return characters.cut_at_word(text, length)
    tokens = _parse(text)
    return characters.cut_at_word(_write_words(tokens, with_quotations=False) or _write_words(tokens), length)


# Reading: the blocks by the library's rules, held back where they would surprise; the words by our own.


def _read_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list whose first marker has words after it; `+ 3 %` and `2024.` open none."""
    return _LIST_START.match(_line(state, start)) is not None and _nest(list_block, state, start, end, silent)


def _read_quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return _QUOTATION_START.match(_line(state, start)) is not None and _nest(
        blockquote, state, start, end, silent
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
    after, maximum = match.end(), state.posMax
    state.push("link_open", "a", 1).attrs = {"href": match["address"]}
    state.pos, state.posMax = match.span("label")
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.pos, state.posMax = after, maximum
    return True


def _read_bare_address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or state.src[state.pos] not in "hH":
        return False
    if state.pos and state.src[state.pos - 1].isalnum():
        return False
    match = addresses.BARE_ADDRESS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    address = addresses.without_trailing_punctuation(match[0])
    state.pos += len(address)
    if not addresses.is_safe(address):
        state.append_pending(address)  # as a whole, so that nothing inside it is read again
        return True
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    return True


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("list", _read_list, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("blockquote", _read_quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
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
    "blockquote_open": "blockquote",
    "bullet_list_open": "ul",
    "list_item_open": "li",
    "em_open": "em",
    "strong_open": "strong",
}
_BREAKS = {"softbreak", "hardbreak"}


def _write_html(tokens: list[Token]) -> str:
    html: list[str] = []
    open_tags: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            tag = _opening_tag(token, open_tags)
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


def _opening_tag(token: Token, open_tags: list[str]) -> str:
    """Return the tag without its brackets, or nothing where the words stand better without it."""
    if token.type == "link_open":
        return f'a href="{escape(str(token.attrs["href"]))}" rel="{LINK_RELATION}"'
    if token.type == "ordered_list_open":
        start = int(token.attrs.get("start", 1))
        return "ol" if start == 1 else f'ol start="{start}"'
    if token.type == "paragraph_open":
        return "" if token.hidden else "p"
    tag = _PLAIN_TAGS[token.type]
    return "" if tag in {"em", "strong"} and tag in open_tags else tag


def _write_words(tokens: list[Token], *, with_quotations: bool = True) -> str:
    words: list[str] = []
    quotations = 0
    for token in tokens:
        if token.type in {"blockquote_open", "blockquote_close"}:
            quotations += token.nesting
        elif quotations and not with_quotations:
            continue
        elif token.type in _BREAKS:
            words.append("\n")
        elif token.type == "paragraph_close":
            words.append("\n" if token.hidden else "\n\n")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            words.append("\n")
        else:
            words.append(token.content)
    return _PARAGRAPH_ENDS.sub("\n\n", "".join(words)).strip("\n")
