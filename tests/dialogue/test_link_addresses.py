"""Where an address ends that somebody writes in a comment, and where a link leads that says otherwise."""

import re
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue import addresses, markup

HREF = re.compile(r'href="([^"]*)"')


def hrefs(text: str) -> list[str]:
    return [unescape(address) for address in HREF.findall(markup.render(text))]


class TestBareAddresses:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("https://a.example/Foo_", "https://a.example/Foo_"),
            ("https://a.example/Foo_.", "https://a.example/Foo_"),
            ("Voir https://a.example/__init__, puis", "https://a.example/__init__"),
            ("_https://a.example/x_", "https://a.example/x"),
            ("__https://a.example/x__", "https://a.example/x"),
            ("~https://a.example/x~", "https://a.example/x"),
            ("https://a.example/~", "https://a.example/~"),
            ("https://a.example/x-", "https://a.example/x-"),
            ("https://a.example/x--y-", "https://a.example/x--y-"),
            ("https://a.example/?q[]=1&q[]=2", "https://a.example/?q[]=1&q[]=2"),
            ("https://a.example/?q[a]", "https://a.example/?q[a]"),
            ("[https://a.example/?q[a]]", "https://a.example/?q[a]"),
            ("[voir https://a.example/x] puis", "https://a.example/x"),
            ("[voir https://a.example/x](note)", "https://a.example/x"),
            ("https://a.example/x]y", "https://a.example/x"),
            ("https://a.example/{id}/x", "https://a.example/{id}/x"),
            ("{https://a.example/x}", "https://a.example/x"),
            ("https://a.example/a|b", "https://a.example/a|b"),
            ("| https://a.example/a | b |", "https://a.example/a"),
            ("|https://a.example/a|", "https://a.example/a"),
            ("https://a.example/x^2", "https://a.example/x^2"),
            ("https://a.example/wiki/A_(b)_", "https://a.example/wiki/A_(b)_"),
            ("(https://a.example/A_(b)_)", "https://a.example/A_(b)_"),
            ("*https://a.example/x*", "https://a.example/x"),
            ("**https://a.example/x_**", "https://a.example/x_"),
            ("https://a.example/x…", "https://a.example/x"),
            ("https://a.example/x。", "https://a.example/x"),
            ("https://a.example/x؟", "https://a.example/x"),
            ("«https://a.example/x_»", "https://a.example/x_"),
            ("`https://a.example/x`", "https://a.example/x"),
            ('"https://a.example/x"', "https://a.example/x"),
            ("<https://a.example/x>", "https://a.example/x"),
            ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
            ("שלום https://a.example/x\u200f שלום", "https://a.example/x"),
        ],
    )
    def test_r08_what_belongs_to_one_stays(self, text, address):
        assert hrefs(text) == [address]
        assert f">{escape(address)}</a>" in markup.render(text)

    def test_r08_a_bar_parts_two(self):
        assert hrefs("https://a.example/x|https://b.example/y") == [
            "https://a.example/x",
            "https://b.example/y",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "https://[evil.example/x",
            "https://a[b].example/x",
            "https://|/x",
            "https://u_:p@a.example/",
            "https://a.example\\@evil.example",
        ],
    )
    def test_r08_what_was_not_safe_is_still_no_link(self, text):
        assert all("evil" not in address and "@" not in address for address in hrefs(text))
        assert not hrefs(text) or text.startswith("https://a.example\\")

    def test_r08_a_mark_of_direction_is_in_no_address(self):
        address = "https://a.example/"
        assert hrefs(f"שלום {address}\u200f.") == hrefs(f"שלום [x]({address}\u200f.)") == [address]

    @settings(max_examples=200)
    @given(st.text(alphabet="aé/?=_~-*.,;:!()[]{}|^%#&'", max_size=25))
    def test_r08_nothing_is_lost_between_the_address_and_the_sentence(self, end):
        address = f"https://a.example/{end}"
        kept = addresses.without_trailing_punctuation(address)
        assert address.startswith(kept)
        assert kept.startswith("https://a.example")
        assert addresses.without_trailing_punctuation(kept) == kept
        if addresses.is_safe(address) and end and end[-1] in "aé/=-&%#":
            assert kept == address or set(address[len(kept) :]) & set("]}")


class TestHonestLinks:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[banque.example](https://evil.example/)", "evil.example"),
            ("[Ma banque](https://evil.example/)", None),
            ("[banque.example](https://banque.example/x)", None),
            ("[www.banque.example est ici](https://banque.example/)", None),
            ("[banque.[example](https://evil.example/)", "evil.example"),
            ("banque.[example](https://evil.example/)", "evil.example"),
            ("[banque](https://evil.example/).example", "evil.example"),
            ("[*banque*.example](https://evil.example/)", "evil.example"),
            ("Écrire à [moi@banque.example](mailto:autre@evil.example)", "autre@evil.example"),
            ("[moi@banque.example](mailto:moi@banque.example)", None),
            ("https://bаnque.example/", "xn--bnque-4ve.example"),
            ("https://été.example/", None),
        ],
    )
    def test_r36_a_comment_tells_where_its_link_leads(self, text, told):
        for written in (markup.render(text), markup.plain(text), markup.excerpt(text)):
            assert (f" ({told})" in written) if told else not re.search(r" \(\S+\)", written)

    def test_r36_two_links_make_no_host_together(self):
        html = markup.render("[banque](https://evil.example/a)[.example](https://evil.example/b)")
        assert html.count(" (evil.example)") == 2
