"""What visitors type becomes words on a page, and never anything else (T21, T23, T29, T39, F21, F22)."""

import re
import sys
import unicodedata
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue import addresses, markup

REL = "nofollow ugc noopener noreferrer"
HOSTILE_TEXTS = (Path(__file__).parent / "hostile_texts.txt").read_text().splitlines()
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z]+)(?P<attributes>(?: [a-z]+=\"[^\"<>]*\")*)>")
TEXT = re.compile(r"(?:[^<>&\"']|&(?:amp|lt|gt|quot|#x27);)+")
ATTRIBUTE = re.compile(r" ([a-z]+)=\"([^\"]*)\"")
BLOCKS = {"p", "ul", "ol", "blockquote"}
INLINE = {"em", "strong", "a", "br"}
INSIDE = {
    "": BLOCKS,
    "blockquote": BLOCKS,
    "li": BLOCKS | INLINE,
    "ul": {"li"},
    "ol": {"li"},
    "p": INLINE,
    "a": {"em", "strong"},
    "em": {"strong", "a", "br"},
    "strong": {"em", "a", "br"},
}


def read_strictly(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the tags in order; fail on anything that a careful author would not write."""
    tags, open_tags, position = [], [""], 0
    while position < len(html):
        words = TEXT.match(html, position)
        if words:
            position = words.end()
            assert open_tags[-1] not in {"", "ul", "ol", "blockquote"} or words[0].isspace()
            continue
        tag = TAG.match(html, position)
        assert tag, f"neither a tag nor words: {html[position : position + 40]!r}"
        position = tag.end()
        name = tag["name"]
        if tag["close"]:
            assert open_tags.pop() == name
            continue
        assert name in INSIDE[open_tags[-1]], f"{name} inside {open_tags[-1] or 'nothing'}"
        assert name != "a" or "a" not in open_tags
        attributes = dict(ATTRIBUTE.findall(tag["attributes"]))
        check_attributes(name, attributes)
        tags.append((name, attributes))
        if name != "br":
            open_tags.append(name)
        assert sum(tag in {"ul", "ol", "blockquote"} for tag in open_tags) <= markup.MAX_NESTING
    assert open_tags == [""]
    return tags


def check_attributes(name: str, attributes: dict[str, str]) -> None:
    if name == "a":
        assert set(attributes) == {"href", "rel"}
        assert attributes["rel"] == REL
        assert re.match(r"(?ai:https?://[^/?#@\\\s]|mailto:[^?\s]+$)", unescape(attributes["href"]))
    elif name in {"p", "li", "ul", "ol", "blockquote"}:
        assert attributes in ({}, {"dir": "auto"})
    else:
        assert not attributes


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def link(address: str, label: str = "") -> str:
    return f'<a href="{escape(address)}" rel="{REL}">{escape(label or address)}</a>'


# What people type, and more often than chance would have it what breaks parsers.
PIECES = st.sampled_from(
    [
        *"*[]()<>&\"'\\!-_`#|:/@? \n\t",
        *("**", "***", "> ", "- ", "* ", "1. ", "  - ", "\n\n", "\r\n", "](", "[a](", "![", "<![<<", "<!--"),
        *("https://", "http://a.example", "mailto:a@b.example", "javascript:", "httpſ://", "&#x3c;", "&lt;"),
        *(
            "mot",
            "é",
            "e\u0301",
            "\u0301" * 5,
            "👩‍👧",
            "\u200d",
            "\u200c",
            "می‌خواهم",
            "\u202e",
            "\u2066",
            "\ufeff",
        ),
        *("\x00", "\ud800", "\udc00", "\x85", "\u2028", "\u3164", "\u2800", "\xa0", "\ufb2c", "\u0958"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
short = settings(max_examples=120)


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("e\u0301te\u0301", "été"),
            ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
            ("\n\n  retrait gardé  \n\n", "  retrait gardé"),
            ("un\n\n\n\n\n\ndeux", "un\n\n\ndeux"),
            ("un\n \xa0\n\u3164\n\u2800\n\ndeux", "un\n\n\ndeux"),
            ("Que faire\xa0? «\u202fRien\u202f»", "Que faire\xa0? «\u202fRien\u202f»"),
            ("admin\u202etxt.exe\u202c \u2066x\u2069 \u200ey\u200f", "admintxt.exe x y"),
            ("\ufeffmot\u200bmot\u00ad\u2060\x07\x1b[31m", "motmot[31m"),
            ("z" + "\u0301\u0316" * 50, unicodedata.normalize("NFC", "z\u0301\u0316\u0301")),
            ("a" + "\u0301\u200d" * 9, "á\u0301\u0301"),
            (
                "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
                "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
            ),
            ("می\u200cخواهم", "می\u200cخواهم"),
            ("v\u200diagra\u200c", "viagra"),
            ("\ud83d\ude00 \ud800 \udc00", "😀 \ufffd \ufffd"),
            ("a\x00b", "ab"),
            ("\uffff\ufdd0fin", "fin"),
        ],
    )
    def test_it_stores_what_is_seen(self, typed, stored):
        assert markup.normalise(typed) == stored

    @short
    @given(TEXTS)
    def test_it_changes_nothing_the_second_time(self, text):
        once = markup.normalise(text)
        assert markup.normalise(once) == once
        assert unicodedata.is_normalized("NFC", once)

    @short
    @given(TEXTS)
    def test_it_keeps_nothing_unseen(self, text):
        stored = markup.normalise(text)
        assert not TURNING & set(stored)
        assert not {sign for sign in stored if unicodedata.category(sign) == "Cc"} - {"\n", "\t"}
        assert "\ufeff" not in stored
        assert not re.search(r"[\u0300-\u036f]{4}|\n{4}", stored)
        stored.encode()


class TestIsBlank:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " \n\t",
            "\xa0\u202f\u3000",
            "\u200b\u200d\ufeff",
            "\u3164\u115f\uffa0",
            "\u2800",
            "\u0301",
            "\x00",
        ],
    )
    def test_it_sees_through_what_only_looks_empty(self, text):
        assert markup.is_blank(text)

    @pytest.mark.parametrize("text", ["a", "?", "👍", "١", "\u2801", "*"])
    def test_it_takes_any_sign_for_words(self, text):
        assert not markup.is_blank(text)


class TestRender:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("", ""),
            ("Bonjour\nà tous\n\nMerci", "<p>Bonjour<br>\nà tous</p>\n<p>Merci</p>"),
            (
                "*un* et **deux**, ***trois***",
                "<p><em>un</em> et <strong>deux</strong>, <em><strong>trois</strong></em></p>",
            ),
            ("l’*été* 2*3*4 * seul snake_case _non_", "<p>l’<em>été</em> 2*3*4 * seul snake_case _non_</p>"),
            ("*a **b *c* d** e*", "<p><em>a <strong>b c d</strong> e</em></p>"),
            (r"\*non\* \[non\] C:\docs ¯\_(ツ)_/¯", r"<p>*non* [non] C:\docs ¯\_(ツ)_/¯</p>"),
            ("- un\n- deux", "<ul><li>un</li>\n<li>deux</li>\n</ul>"),
            (
                "* un\n\n  suite\n* deux",
                "<ul><li><p>un</p>\n<p>suite</p></li>\n<li><p>deux</p></li>\n</ul>",
            ),
            ("1. un\n2. deux", "<ol><li>un</li>\n<li>deux</li>\n</ol>"),
            ("+ 3 %", "<p>+ 3 %</p>"),
            ("2024. Une bonne année", "<p>2024. Une bonne année</p>"),
            ("-", "<p>-</p>"),
            (">", "<p>&gt;</p>"),
            ("> cité\n> suite\n\nmoi", "<blockquote><p>cité<br>\nsuite</p>\n</blockquote>\n<p>moi</p>"),
            ("# titre\n---\n`x`\n    y", "<p># titre<br>\n---<br>\n`x`<br>\ny</p>"),
            (
                "a < b && c > d &amp; &copy; \"x\" 'y'",
                "<p>a &lt; b &amp;&amp; c &gt; d &amp;amp; &amp;copy; &quot;x&quot; &#x27;y&#x27;</p>",
            ),
            ("<![<<", "<p>&lt;![&lt;&lt;</p>"),
        ],
    )
    def test_it_knows_a_small_closed_markup(self, text, html):
        assert markup.render(text) == html
        read_strictly(html)

    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("[le site](https://a.example/x?y=1&copy=2)", link("https://a.example/x?y=1&copy=2", "le site")),
            ("[A](https://a.example/A_(b)) fin", link("https://a.example/A_(b)", "A") + " fin"),
            ("[moi](mailto:moi@a.example)", link("mailto:moi@a.example", "moi")),
            ("Voir https://a.example/x.", "Voir " + link("https://a.example/x") + "."),
            ("(https://a.example/A_(b))", "(" + link("https://a.example/A_(b)") + ")"),
            ("«\xa0http://été.example/é?x=é#y\xa0»", "«\xa0" + link("http://été.example/é?x=é#y") + "\xa0»"),
            ("**https://a.example**", "<strong>" + link("https://a.example") + "</strong>"),
            ("http://intranet:8080/x_*y*_z", link("http://intranet:8080/x_*y*_z")),
            ("xhttps://a.example https:// http://?", "xhttps://a.example https:// http://?"),
            ("https://u:p@a.example", "https://u:p@a.example"),
            (
                "[x](ftp://a.example) moi@a.example www.a.example",
                "[x](ftp://a.example) moi@a.example www.a.example",
            ),
            ("[ ](https://a.example)", "[ ](" + link("https://a.example") + ")"),
            ("[https://a.example](https://a.example)", link("https://a.example")),
            ("![i](https://a.example/i.png)", "!" + link("https://a.example/i.png", "i")),
        ],
    )
    def test_it_links_what_may_be_linked(self, text, html):
        assert markup.render(text) == f"<p>{html}</p>"

    def test_it_does_not_let_a_label_lie_about_the_address(self):
        html = markup.render(
            "[https://bank.example](https://evil.example) [ici www.bank.example](https://evil.example)"
        )
        assert link("https://evil.example", "https://bank.example") not in html
        assert link("https://evil.example") in html

    def test_it_does_not_link_addresses_without_measure(self):
        assert "<a" not in markup.render("https://a.example/" + "x" * addresses.MAX_ADDRESS)

    @pytest.mark.parametrize(
        "text", ["> " * 9 + "x", "- " * 9 + "x", "> - " * 9 + "x", "*" * 900 + "x" + "*" * 900]
    )
    def test_it_caps_nesting_and_loses_no_word(self, text):
        html = markup.render(text)
        assert len(read_strictly(html)) < 10
        assert "x" in words_of(html)

    @pytest.mark.parametrize("text", HOSTILE_TEXTS)
    def test_it_shows_hostile_texts_as_words(self, text):
        for written in (
            text,
            f"- {text}",
            f"> {text}",
            f"*{text}*",
            f"[{text}](https://a.example)",
            text * 9,
        ):
            read_strictly(markup.render(written))
        shown = re.sub(r"[*\\]", "", words_of(markup.render(text)))
        for dangerous in ("script", "alert", "evil.example"):
            if dangerous in text and "](http" not in text:
                assert dangerous in shown

    @settings(max_examples=300)
    @given(TEXTS)
    def test_it_writes_well_formed_html_whatever_comes(self, text):
        read_strictly(markup.render(text))

    @short
    @given(st.text(max_size=200))
    def test_it_loses_no_letter(self, text):
        stored = markup.normalise(text)
        letters = [sign for sign in words_of(markup.render(text)) if sign.isalpha()]
        assert letters == [sign for sign in stored if sign.isalpha()]

    def test_it_has_more_than_sixty_hostile_texts_to_show(self):
        assert len(set(HOSTILE_TEXTS)) >= 60


class TestGrowth:
    """Time in proportion to the text (T39): steps of the interpreter are counted, no clock is read."""

    PATTERNS = (
        *(
            "[",
            "[a](",
            "[a](x(",
            "[a](q[a](y)",
            "*a ",
            "**a *b",
            "*a**b",
            "*",
            "_",
            "> ",
            "- ",
            "- a\n",
            "  - a\n",
        ),
        *(
            "https://",
            "https://a(",
            "https://a[",
            "https://a.b|",
            "- 3\n",
            "> 3\n",
            "1. a\n",
            ">" * 9 + "\n",
            "[a](https://b.c)",
            "[a.b](https://b.c) ",
            "\u200f\u05d0",
            "https://a.b)",
            "h",
            "((((",
            "))))",
            "\\",
            "\n",
            "é\u0316\u0301",
            "\u200d👩",
            "<![",
            "&#",
        ),
    )

    @pytest.mark.parametrize("pattern", PATTERNS)
    def test_it_takes_time_in_proportion(self, pattern, steps):
        few = steps(markup.render, (pattern * 1_000)[:1_000])
        many = steps(markup.render, (pattern * 4_000)[:4_000])
        assert many < 6 * few + 4_000

    @pytest.mark.parametrize("pattern", ["x", "é", "mot ", "*a* ", "\n"])
    def test_it_does_not_parse_a_megabyte(self, pattern):
        text = (pattern * 1_000_000)[:1_000_000]
        html = markup.render(text)
        assert "<em>" not in html
        assert markup.excerpt(text, 160) == "" or len(markup.excerpt(text, 160)) <= 160


@pytest.fixture
def steps():
    """Count the lines that Python runs while a function works."""

    def count(function, *args):
        lines = 0

        def trace(frame, event, arg):
            nonlocal lines
            lines += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            function(*args)
        finally:
            sys.settrace(before)
        return lines

    return count


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("*un* **deux**\ntrois\n\nquatre", "un deux\ntrois\n\nquatre"),
            ("- a\n- b\n\n> c", "- a\n- b\n\n> c"),
            ("[le site](https://a.example) https://b.example", "le site https://b.example"),
            ("<b> &amp; <![<<", "<b> &amp; <![<<"),
        ],
    )
    def test_it_keeps_the_words_alone(self, text, words):
        assert markup.plain(text) == words

    @short
    @given(TEXTS)
    def test_it_says_what_the_html_says(self, text):
        assert markup.plain_without_marks(text).split() == words_of(markup.render(text)).split()


class TestExcerpt:
    @pytest.mark.parametrize(
        ("text", "length", "words"),
        [
            ("Un texte court.", 160, "Un texte court."),
            ("Un texte\n\n*un peu* plus long, trop long", 24, "Un texte un peu plus…"),
            ("a" * 50, 10, "a" * 9 + "…"),
            ("> vos mots\n\nMes mots", 160, "Mes mots"),
            ("> vos mots", 160, "> vos mots"),
            ("x" * 8 + "👩\u200d👧" * 5, 10, "x" * 8 + "…"),
        ],
    )
    def test_it_cuts_at_a_word(self, text, length, words):
        assert markup.excerpt(text, length) == words

    @short
    @given(TEXTS, st.integers(min_value=1, max_value=200))
    def test_it_keeps_to_its_length_and_line(self, text, length):
        cut = markup.excerpt(text, length)
        assert len(cut) <= length
        assert "\n" not in cut


class TestRenderUnmarked:
    @short
    @given(TEXTS)
    def test_it_writes_nothing_but_paragraphs(self, text):
        assert {name for name, _ in read_strictly(markup.render_unmarked(text))} <= {"p", "br"}
