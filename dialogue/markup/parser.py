"""Reading comments: blocks by the library's rules, held back where they would surprise, words by our own."""

import re

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from dialogue import addresses
from dialogue.markup.lists import means_a_sign, unmake_lists
from portal.destinations import NEAR, told_destination

MAX_NESTING = 4  # lists and quotations inside each other; deeper markers stay words

# At most three digits: a year at the start of a line (`2026. …`) begins no list.
_LIST_START = re.compile(r"(?:[-*]|\d{1,3}\.)[ \t]+\S")
# Signs of quotation, then words: right behind the last sign only a letter or what opens speech.
_QUOTATION_START = re.compile(
    r"(?:>[ \t]*+)*>(?:[ \t]+(?P<words>[^\s>].*)|(?=[^\W\d_]|[«“‘\"'])(?P<near>.*))"
)
_MARKS_OF_LISTS = re.compile(r"(?:(?:[-*]|\d{1,3}\.)[ \t]+)*+(?=[^\W\d_])")

# Labels hold no brackets, addresses no parentheses inside parentheses; possessive, so nothing is read twice.
_LINK = re.compile(
    r"\[(?P<label>[^\[\]\n]{1,300}+)\]\([ \t]*+"
    r"(?P<address>[^\s()<>]++(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)[ \t]*+\)"
)
_SIGNS_OF_LINKS = re.compile(r"\]\([^\s()]*\)|[\[\]]")
_ESCAPABLE = "*[]\\"


def _read_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what may be a list, whose first marker has words after it; `unmake_lists` looks at the whole."""
    return _LIST_START.match(_line(state, start)) is not None and _nest(list_block, state, start, end, silent)


def _read_quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quotation that begins with words: `> 5 minutes` opens none, and no line right below it does."""
    match = _QUOTATION_START.match(_line(state, start))
    # Marks of lists inside are passed over, so that `> - 5 minutes` is seen to be a number too.
    if match is None or means_a_sign(_MARKS_OF_LISTS.sub("", match["words"] or match["near"], 1)):
        return False
    if start > state.line and _line(state, start - 1).startswith(">"):
        return False
    return _nest(blockquote, state, start, end, silent)


def _end_quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a quotation at the first line without its sign: what is written below is an answer to it."""
    return silent


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _nest(rule: RuleFuncBlockType, state: StateBlock, start: int, end: int, silent: bool) -> bool:
    depth = state.env.get("depth", 0)
    if depth >= MAX_NESTING:
        return False
    # In `env`, which belongs to one parse: the parser is one for all texts.
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
    # A label that names another address stays words, brackets and all (T23).
    if match is None or not addresses.is_honest_link(match["label"], match["address"]):
        return False
    before, after = (
        state.src[max(0, match.start() - NEAR) : match.start()],
        state.src[match.end() : match.end() + NEAR],
    )
    state.push("link_open", "a", 1).attrs = {"href": match["address"]}
    # The label is read by the same rules, inside its bounds; `linkLevel` keeps links out of links.
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
    # From nothing, and then what is enabled below: a rule that the library adds changes no comment.
    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    block, inline = parser.block.ruler, parser.inline.ruler
    # `alt` names the blocks that a rule may end.
    block.at("list", _read_list, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("blockquote", _read_quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.after("blockquote", "end_quotation", _end_quotation, {"alt": ["blockquote"]})
    parser.core.ruler.after("block", "unmake_lists", unmake_lists)
    inline.at("escape", _read_escape)
    inline.at("emphasis", _read_asterisks)
    inline.at("link", _read_link)
    inline.at("autolink", _read_bare_address)
    # Where a bare address may begin, the library must stop and ask; it passes over other letters in one go.
    for first_letter in "hH":
        parser.inline.add_terminator_char(first_letter)
    parser.enable(["list", "blockquote", "newline", "escape", "emphasis", "link", "autolink"])
    return parser


_PARSER = _make_parser()


def parse(text: str) -> list[Token]:
    tokens: list[Token] = []
    for token in _PARSER.parse(text, {}):
        tokens.extend((token.children or []) if token.type == "inline" else [token])
    return tokens
