"""A name stands on one line, and nobody takes that of somebody with an account (T15, T25, T29)."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from people.names import MAX_LENGTH, clean_name, is_confusable_with, skeleton

STAFF = ["Camille Roy", "Jane Doe", "Éloïse D’Aragon", "Jean-Pierre Bernard"]
LOOK_ALIKES = {
    "a": "аα4@ａ",
    "e": "еéε3",
    "o": "оο0ø",
    "i": "іι1l|",
    "n": "ηｎ",
    "c": "сϲ",
    "d": "ԁ",
    "j": "ј",
}
short = settings(max_examples=120)


class TestCleanName:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("  Éloïse   D’Aragon ", "Éloïse D’Aragon"),
            ("E\u0301loi\u0308se", "Éloïse"),
            ("Jane\r\nBcc: tout@example.org", "Jane Bcc: tout@example.org"),
            ("Jane\u2028Doe\x0bX\tY", "Jane Doe X Y"),
            ("Jane\u202eeoD\u202c \u2066x\u2069", "JaneeoD x"),
            ("Ja\u200bne\u00ad\ufeff\x00 \ud800", "Jane \ufffd"),
            ("𝕁𝕒𝕟𝕖 Ｄｏｅ ﬁn", "Jane Doe fin"),
            ("O´Brien 2ª", "O´Brien 2ª"),
            ("李小龙 محمد علی\u200cرضا", "李小龙 محمد علی\u200cرضا"),
            ("a" + "\u0316" * 40, "a" + "\u0316" * 3),
            ("\u3164\u2800 \u200b\u0301", ""),
            ("x" * 79 + "é" + "y", "x" * 79 + "é"),
            ("x" * 78 + "z\u0316" + "y", "x" * 78 + "z\u0316"),
            ("x" * 79 + "z\u0316" + "y", "x" * 79),
        ],
    )
    def test_it_keeps_what_is_a_name(self, typed, name):
        assert clean_name(typed) == name

    @short
    @given(st.text(max_size=120))
    def test_it_changes_nothing_the_second_time(self, typed):
        name = clean_name(typed)
        assert clean_name(name) == name
        assert len(name) <= MAX_LENGTH

    @short
    @given(
        st.text(
            alphabet=st.characters() | st.sampled_from("\r\n\u202e\u2067\u2029\x85\x00 é\u0301"), max_size=60
        )
    )
    def test_t25_it_keeps_no_line_end_and_no_control(self, typed):
        name = clean_name(typed)
        assert len(name.splitlines()) <= 1
        assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in name)
        assert not any(
            unicodedata.bidirectional(sign) in {"RLO", "LRO", "RLI", "LRI", "FSI", "PDI"} for sign in name
        )


class TestConfusion:
    @pytest.mark.parametrize(
        "name",
        [
            *(
                "Jane Doe",
                "jane doe",
                "JANE DOE",
                "Jané Döe",
                "J a n e  D.o.e",
                "Jane-Doe",
                "Doe Jane",
                "Doe, Jane",
            ),
            *(
                "Jаnе Dое",
                "Ｊａｎｅ Ｄｏｅ",
                "𝓙𝓪𝓷𝓮 𝓓𝓸𝓮",
                "Jane D0e",
                "Jane\u202e Doe",
                "Jane\u200bDoe",
                "ϳαηε ԁοε",
            ),
            *(
                "Jane Doe — Acme",
                "Jane Doe (Acme)",
                "Jane Doe, direction",
                "Jane Doe | RH",
                "Jane Doe - Acme",
            ),
            *("Eloise d'Aragon", "Camiiie Roy", "Camille R0y", "Roy Camille", "Jean Pierre Bemard"),
        ],
    )
    def test_t15_it_sees_through_a_disguise(self, name):
        assert is_confusable_with(name, STAFF)

    @pytest.mark.parametrize(
        "name",
        [
            "Janet Doe",
            "Jane-Marie Doe",
            "Camille Royer",
            "Anne Camille Roy",
            "Jane",
            "Doe",
            "Мария",
            "李小龙",
            "🙂",
            "",
        ],
    )
    def test_it_leaves_other_people_their_names(self, name):
        assert not is_confusable_with(name, STAFF)

    def test_it_compares_nothing_with_an_empty_name(self):
        assert not is_confusable_with("🙂", ["🎉", ""])

    @short
    @given(st.sampled_from(STAFF), st.randoms(use_true_random=False))
    def test_t15_it_sees_through_any_look_alikes(self, name, random):
        disguised = "".join(random.choice(LOOK_ALIKES.get(sign, sign) + sign) for sign in name.lower())
        assert is_confusable_with(disguised, STAFF)

    @short
    @given(st.text(max_size=60))
    def test_t15_a_name_that_passes_has_a_skeleton_of_its_own(self, name):
        assume(not is_confusable_with(name, STAFF))
        assert skeleton(name) not in {skeleton(staff) for staff in STAFF}
