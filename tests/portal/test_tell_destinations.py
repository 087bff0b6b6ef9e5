"""A link whose words look like an address of another host tells where it leads (R36)."""

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.blocks.links import CallToActionBlock
from portal.destinations import tell_destinations, told_destination
from portal.templatetags.portal_tags import leads_to

EVIL = "https://evil.example/x"
HERE = "https://www.banque.example/x"


@pytest.mark.parametrize(
    "words",
    [
        "banque.example",
        "BANQUE.EXAMPLE",
        "www.banque.example",
        "http://banque.example",
        "https://banque.example/compte",
        "//banque.example",
        "Voir banque.example, puis signer",
        "(banque.example)",
        "« banque.example »",
        "banque.example.",
        ".banque.example",
        "banque .example",
        "banque . example",
        "banque. example",
        "BANQUE. EXAMPLE",
        "ban\u00adque.exam\u00adple",
        "banque\u200b.\u200bexample",
        "banque\u2060.\u200fexample",
        "banque．example",
        "banque。example",
        "banque｡example",
        "banque․example",
        "banqueꓸexample",
        "ｂａｎｑｕｅ．ｅｘａｍｐｌｅ",
        "𝐛𝐚𝐧𝐪𝐮𝐞.𝐞𝐱𝐚𝐦𝐩𝐥𝐞",
        "bаnque.example",
        "banque%2Eexample",
        "banque%2eexample%2Fcompte",
        "*banque*.example",
        "banque\\.example",
        "banque.example:443",
        "banque.example@evil",
        "moi@banque.example",
        "evil.example@banque.example",
        "evil.example ou banque.example",
        "evil.example.banque.example",
        "été.example",
        "банк.example",
        "例え.テスト",
        "bücher.example/evil.example",
        "xn--bcher-kva.example",
        "192.0.2.7",
        "sous_domaine.banque.example",
        "nos-caisses.banque.example",
    ],
)
def test_r36_words_that_name_another_host_are_followed_by_the_one_it_leads_to(words: str) -> None:
    assert told_destination(words, EVIL) == "evil.example"


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("ici", EVIL),
        ("Notre rapport de 2026", EVIL),
        ("3.5 millions", EVIL),
        ("Version 2.0", EVIL),
        ("M. Tremblay", EVIL),
        ("J.-P. Tremblay", EVIL),
        ("Tout va bien. Merci", EVIL),
        ("et puis…", EVIL),
        ("a...b", EVIL),
        ("É.-U.", EVIL),
        ("les étudiant·es", EVIL),
        ("", EVIL),
        ("evil.example", EVIL),
        ("EVIL.example", EVIL),
        ("www.evil.example", EVIL),
        ("https://evil.example/x", EVIL),
        ("evil.example/autre", EVIL),
        ("evil．example", EVIL),
        ("banque.example", HERE),
        ("www.banque.example", HERE),
        ("banque.example", "https://BANQUE.example:8443/"),
        ("banque.example", "https://banque.example./"),
        ("banque.example", "https://banque%2Eexample/"),
        ("été.example", "https://été.example/"),
        ("été.example", "https://xn--t-9fab.example/"),
        ("xn--t-9fab.example", "https://été.example/"),
        ("œuvre.example", "https://œuvre.example/"),
        ("moi@banque.example", "mailto:moi@banque.example"),
        ("banque.example", "mailto:moi@banque.example"),
    ],
)
def test_r36_honest_words_stand_alone(words: str, address: str) -> None:
    told = told_destination(words, address)
    assert told == ("moi@banque.example" if words == "banque.example" and "mailto" in address else "")


@pytest.mark.parametrize(
    ("words", "address", "told"),
    [
        ("banque.example", "https://banque.example.evil.example/", "banque.example.evil.example"),
        ("banque.example", "https://evil%2Eexample/", "evil.example"),
        ("banque.example", "https://ｅｖｉｌ．example/", "evil.example"),
        ("banque.example", "https://bаnque.example/", "xn--bnque-4ve.example"),
        ("bаnque.example", "https://bаnque.example/", "xn--bnque-4ve.example"),
        ("bаnque.example", "https://xn--bnque-4ve.example/", "xn--bnque-4ve.example"),
        ("bɑnque.example", "https://bɑnque.example/", "xn--bnque-0jc.example"),
        ("banque.example", "http://192.0.2.7/", "192.0.2.7"),
        ("banque.example", "http://[2001:db8::1]/", "2001:db8::1"),
        ("banque.example", "http://[banque.example/", "http://[banque.example/"),
        ("banque.example", "//evil.example/", "evil.example"),
        ("moi@banque.example", "mailto:vous@banque.example?subject=x", "vous@banque.example"),
    ],
)
def test_r36_the_host_is_told_as_it_is_asked_for(words: str, address: str, told: str) -> None:
    assert told_destination(words, address) == told


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<p><a href="https://evil.example/">banque.example</a></p>', "</a> (evil.example)</p>"),
        ('<p><a href="https://evil.example/"><b>banque</b>.example</a>!</p>', "</a> (evil.example)!"),
        ('<p><b>banque.</b><a href="https://evil.example/">example</a></p>', "</a> (evil.example)"),
        ('<p><a href="https://evil.example/">banque</a>.<i>example</i></p>', "</a> (evil.example)."),
        ('<p><a href="https://evil.example/?a=1&amp;b=2">banque.example</a></p>', "</a> (evil.example)"),
        ('<p><a class="x" href="mailto:v@evil.example">m@banque.example</a></p>', "</a> (v@evil.example)"),
        ('<p><a href="//evil.example">banque&#46;example</a></p>', "</a> (evil.example)"),
        ('<p><a href="https://banque.example/">banque.example</a></p>', None),
        ('<p><a href="/fr/compte/">banque.example</a></p>', None),
        ('<p><a href="#s-1">banque.example</a> <a href="tel:5">b.example</a></p>', None),
        ("<p>banque.example</p>", None),
    ],
)
def test_r36_an_editors_link_tells_where_it_leads(html: str, told: str | None) -> None:
    shown = Template("{% load wagtailcore_tags %}{{ html|richtext }}").render(Context({"html": html}))
    assert told in shown if told else shown == html
    assert tell_destinations(html) == shown


def test_r36_a_button_tells_it_too() -> None:
    block = CallToActionBlock()
    html = block.render(block.to_python({"text": "T", "label": "banque.example", "url": EVIL}))
    assert "banque.example</a> (evil.example)" in html
    assert leads_to("banque.example", "/fr/") == leads_to(None, "") == leads_to("Opinion", EVIL) == ""


@settings(max_examples=200)
@given(
    st.text(max_size=30),
    st.sampled_from([".", "．", "。", "․", "%2E", "\u00ad.", " ."]),
    st.text(max_size=30),
)
def test_r36_whatever_stands_around_it_another_host_is_seen(before: str, dot: str, after: str) -> None:
    told = told_destination(f"{before} banque{dot}example {after}", EVIL)
    assert told == "evil.example"


@settings(max_examples=200)
@given(st.text(max_size=40), st.text(max_size=40))
def test_r36_no_words_and_no_address_are_too_much_for_it(words: str, address: str) -> None:
    told_destination(words, f"https://{address}", before=address, after=words)
    tell_destinations(f'<a href="https://{address}">{words}</a>')
