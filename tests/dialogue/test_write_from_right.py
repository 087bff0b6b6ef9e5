"""Words that run from the right are asked for their direction, and keep what holds them together (R09)."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue import markup
from dialogue.forms import EditForm
from dialogue.fragments import render_fragment
from dialogue.models import Comment
from moderation.flag_forms import FlagForm
from moderation.forms import ReasonedDecisionForm
from people.models import Side
from people.names import clean_name
from portal.characters import DIRECTION_MARKS, compose

RLM, LRM, ALM = "\u200f", "\u200e", "\u061c"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEMPLATES = Path(site.BASE_DIR) / "templates"
SIGNS = st.text(alphabet=f"אבשمر\u05b0\u0301\u200d\u200cab1 .!*\n-{DIRECTION_MARKS}{TURNING}", max_size=40)


class TestComment:
    @pytest.mark.parametrize(
        ("text", "html"),
        [
            ("שלום", '<p dir="auto">שלום</p>'),
            ("مرحبا\n\nBonjour", '<p dir="auto">مرحبا</p>\n<p dir="auto">Bonjour</p>'),
            ("> שלום", '<blockquote dir="auto"><p dir="auto">שלום</p>\n</blockquote>'),
            ("- א\n- b", '<ul dir="auto"><li dir="auto">א</li>\n<li dir="auto">b</li>\n</ul>'),
            ("1. א\n2. b", '<ol dir="auto"><li dir="auto">א</li>\n<li dir="auto">b</li>\n</ol>'),
            ("*שלום*", '<p dir="auto"><em>שלום</em></p>'),
            ("𞤀𞤁", '<p dir="auto">𞤀𞤁</p>'),
            ("Bonjour", "<p>Bonjour</p>"),
            ("Ελλάδα, Москва, 日本", "<p>Ελλάδα, Москва, 日本</p>"),
            ("- un\n- deux", "<ul><li>un</li>\n<li>deux</li>\n</ul>"),
        ],
    )
    def test_r09_each_block_asks_its_own_words_where_any_run_from_the_right(self, text, html):
        assert markup.render(text) == html

    def test_r09_so_do_paragraphs_that_are_not_parsed(self):
        assert markup.render_unmarked("שלום\n\nb") == '<p dir="auto">שלום</p>\n<p dir="auto">b</p>'
        assert markup.render_unmarked("b") == "<p>b</p>"


class TestMarks:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            (f"שלום!{RLM}", f"שלום!{RLM}"),
            (f"C++{LRM} שלום", f"C++{LRM} שלום"),
            (f"{RLM}שלום", f"{RLM}שלום"),
            (f"مرحبا 5{ALM}-3", f"مرحبا 5{ALM}-3"),
            (f"שלום (b){RLM}{RLM}{LRM}.", f"שלום (b){RLM}."),
            (f"של{RLM}ום", "שלום"),
            (f"שלום vi{LRM}agra", "שלום viagra"),
            (f"5 {RLM}- 3 %", "5 - 3 %"),
            (f"Bonjour !{RLM}\nשלום!{RLM}", f"Bonjour !\nשלום!{RLM}"),
            (f"*שלום*{RLM} b", "*שלום* b"),
            (f"ש {RLM}\u0301", "ש \u0301"),
            (f"{RLM}{LRM}{ALM}", ""),
            ("שלום \u202eabc\u202c \u2067x\u2069", "שלום abc x"),
        ],
    )
    def test_r09_they_stay_where_they_move_something(self, typed, stored):
        assert markup.normalise(typed) == stored

    def test_r09_a_name_has_none(self):
        assert clean_name(f"{RLM}רות{RLM} (b){LRM}{ALM}") == "רות (b)"

    @settings(max_examples=300)
    @given(SIGNS)
    def test_r09_they_are_few_and_nothing_is_turned(self, text):
        stored = markup.normalise(text)
        assert markup.normalise(stored) == stored
        assert not set(TURNING) & set(stored)
        assert not re.search(rf"[{DIRECTION_MARKS}]{{2}}|[^\W_][{DIRECTION_MARKS}][^\W_]", stored)
        for line in stored.split("\n"):
            assert re.search("[אבשمر]", line) or not set(DIRECTION_MARKS) & set(line)
        assert not set(DIRECTION_MARKS) & set(compose(text))

    @settings(max_examples=200)
    @given(SIGNS)
    def test_r09_no_other_sign_is_lost_for_them(self, text):
        without = markup.normalise(text.translate(dict.fromkeys(map(ord, DIRECTION_MARKS))))
        assert (
            markup.normalise(text).translate(dict.fromkeys(map(ord, DIRECTION_MARKS))).split()
            == without.split()
        )


class TestPages:
    def test_r09_a_name_keeps_to_itself(self):
        comment = Comment(
            author_name="רות", role_label_fr="שוער", side=Side.INTERNAL, language="fr", public_id="2" * 12
        )
        html = render_fragment(comment)
        assert '<bdi class="comment__name">רות</bdi>' in html
        assert '<bdi class="comment__role">שוער</bdi>' in html
        line = render_to_string("dialogue/_context.html", {"name": "רות <b>", "quoted": {"words": "שלום"}})
        assert "<bdi>רות &lt;b&gt;</bdi>" in line
        assert '<p dir="auto">שלום</p>' in line

    def test_r09_a_voice_asks_its_words(self):
        html = render_to_string("components/voice.html", {"name": "רות", "role": "שוער", "words": "שלום"})
        assert '<bdi class="voice__name">רות</bdi>' in html
        assert '<blockquote class="voice__words" dir="auto">שלום' in html

    def test_r09_text_areas_ask_what_is_typed(self):
        fields = [EditForm()["text"], ReasonedDecisionForm()["reason_text"]]
        flag = FlagForm(subject="x", is_known=False)
        for field in (*fields, flag["text"], flag["law"], flag["name"]):
            assert 'dir="auto"' in str(field)

    def test_r09_no_template_forgets_a_text_area(self):
        for path in TEMPLATES.rglob("*.html"):
            for area in re.findall(r"<textarea[^>]*>", path.read_text(encoding="utf-8")):
                assert 'dir="auto"' in area, path
