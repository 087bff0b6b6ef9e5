"""Rule 5: an excerpt is honest. What is shown was said, in this order, and every cut shows."""

import re
from html import unescape

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dialogue.excerpts import (
    CUT,
    MAX_PARTS,
    WHOLE,
    Excerpt,
    ExcerptRefused,
    RemovalReason,
    carry_over,
    check_excerpt,
    kept_ranges,
    removal_mark,
    snap,
    write_html,
    write_plain,
)
from dialogue.markup import Words
from dialogue.negations import dropped_negations
from portal.characters import is_visible

SAID = (
    "Les bancs manquent. Sylvain Ross n’y a jamais pensé.\n\nOn attend debout, au vent, et personne ne vient."
)

WORD = st.sampled_from(
    [
        *(
            "quai",
            "l’eau",
            "im|possible",
            "a\u00a0b",
            "«\u00a0non\u00a0»",
            "e\u0301te\u0301",
            "5\u202fh\u202f30",
        ),
        *("👩‍👩‍👧", "🇨🇦", "שלום", "\u200fمرحبا", "<b>", "&amp;", '"x"', "n’est", "A.", "[…]", "x" * 40),
    ]
)
SPACE = st.sampled_from([" ", "  ", "\n", "\n\n", "\n> ", "\n\n> > ", "\t", "\u2003"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORD, min_size=1, max_size=12))
    return "".join(f"{word}{draw(SPACE)}" for word in words).strip("\n")


@st.composite
def chosen(draw: st.DrawFn) -> tuple[str, Excerpt]:
    """A text and an excerpt of it, as an editor marks it: anywhere, widened to words."""
    text = draw(texts() | st.text(min_size=1).filter(lambda said: any(map(is_visible, said))))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    reached, ranges = 0, []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        first, last = snap(text, start, end)
        if reached <= first < last:
            ranges.append([first, last])
            reached = last
    removals = []
    for first, last in ranges[:1]:
        start, end = snap(text, draw(st.integers(first, last)), draw(st.integers(first, last)))
        if first <= start < end <= last:
            removals.append([start, end, draw(st.sampled_from(RemovalReason.values))])
    try:
        return text, check_excerpt(text, ranges, removals)
    except ExcerptRefused:
        return text, WHOLE


def is_subsequence(some: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in some)


class TestWhatIsShown:
    @given(chosen())
    def test_rule05_every_word_was_said_and_in_this_order(self, case):
        text, excerpt = case
        shown = [text[start:end] for start, end in kept_ranges(text, excerpt)]
        words = [word for piece in shown for word in piece.split()]
        assert is_subsequence(words, text.split())
        # Whatever is written is these words and the marks, and nothing else.
        plain = write_plain(text, excerpt)
        marks = [CUT, *map(removal_mark, RemovalReason.values)]
        remaining = plain
        for piece in filter(str.strip, shown):
            before, found, remaining = remaining.partition(piece.strip())
            assert found == piece.strip()
            for mark in marks:
                before = before.replace(mark, "")
            assert not before.strip()
        for mark in marks:
            remaining = remaining.replace(mark, "")
        assert not remaining.strip()

    @given(chosen())
    def test_rule05_every_cut_and_every_removal_shows(self, case):
        text, excerpt = case
        plain = write_plain(text, excerpt)
        ends = [0, *(end for _start, end in excerpt.ranges)] if excerpt.ranges else []
        starts = [*(start for start, _end in excerpt.ranges), len(text)] if excerpt.ranges else []
        gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
        assert plain.count(CUT) - _typed(text, excerpt) == sum(bool(gap.strip()) for gap in gaps)
        html = write_html(text, excerpt)
        assert html.count('<span class="voice__cut"') == sum(bool(gap.strip()) for gap in gaps) + len(
            excerpt.removals
        )

    @given(chosen())
    def test_rule05_the_page_and_the_plain_text_say_the_same(self, case):
        text, excerpt = case
        html = write_html(text, excerpt)
        told = unescape(re.sub(r"<(?:/?p|br|/?span)\b[^<>]*>", " ", html))
        assert told.split() == write_plain(text, excerpt).split()

    @given(chosen())
    def test_no_markup_comes_from_the_words(self, case):
        html = write_html(*case)
        rest = re.sub(
            r'<p dir="auto">|</p>|<br>|<span class="voice__cut"(?: lang="\w*" dir="ltr")?>|</span>', "", html
        )
        assert "<" not in rest
        assert '"' not in rest

    @given(chosen())
    def test_what_is_stored_is_its_own_form(self, case):
        text, excerpt = case
        assert check_excerpt(text, *excerpt.lists) == excerpt
        assert Excerpt.of(*excerpt.lists) == excerpt

    def test_it_looks_like_this(self):
        start, removed = SAID.index("Sylvain"), SAID.index("n’y")
        excerpt = check_excerpt(
            SAID,
            [[0, SAID.index("\n")], [SAID.index("au vent"), len(SAID)]],
            [[start, removed - 1, "name"]],
        )
        with override("en"):
            assert write_plain(SAID, excerpt) == (
                "Les bancs manquent. [removed: somebody’s name] n’y a jamais pensé.\n\n"
                "[…] au vent, et personne ne vient."
            )
            assert write_html(SAID, excerpt) == (
                '<p dir="auto">Les bancs manquent. <span class="voice__cut" lang="en" dir="ltr">'
                "[removed: somebody’s name]</span> n’y a jamais pensé.</p>\n"
                '<p dir="auto"><span class="voice__cut">[…]</span> au vent, et personne ne vient.</p>'
            )

    def test_whole_it_is_the_text(self):
        assert write_plain(SAID, WHOLE) == SAID
        assert check_excerpt(SAID, [[0, len(SAID)]]) == WHOLE
        assert check_excerpt(SAID, [[0, 19], [20, len(SAID)]]) == WHOLE

    def test_cuts_at_both_ends_stand_in_the_line(self):
        excerpt = check_excerpt(SAID, [[SAID.index("On"), SAID.index(" debout")]])
        assert write_plain(SAID, excerpt) == "[…] On attend […]"

    def test_rule05_right_to_left_words_keep_their_direction(self):
        text = "שלום לכולם וברוכים"
        html = write_html(text, check_excerpt(text, [[0, 4]]))
        assert html == '<p dir="auto">שלום <span class="voice__cut">[…]</span></p>'


def _typed(text: str, excerpt: Excerpt) -> int:
    """How often the sign of a cut was typed by the author, in what is shown."""
    return sum(text[start:end].count(CUT) for start, end in kept_ranges(text, excerpt))


class TestSnap:
    @given(texts(), st.integers(-3, 80), st.integers(-3, 80))
    def test_it_only_widens_and_stays_in_the_text(self, text, start, end):
        first, last = snap(text, start, max(start, end))
        assert 0 <= first <= max(0, min(start, len(text)))
        assert min(max(end, start, 0), len(text)) <= last <= len(text)

    @pytest.mark.parametrize(
        ("text", "marked", "whole"),
        [
            ("c’est impossible", "possible", "impossible"),
            ("il n’est pas", "est", "n’est"),
            ("à 5\u00a0h\u00a030 pile", "5", "5\u00a0h\u00a030"),
            ("vite 👩‍👩‍👧 ici", "\u200d", "👩‍👩‍👧"),
            ("un e\u0301te\u0301 ici", "\u0301", "e\u0301te\u0301"),
            ("au total -5 %", "5", "-5"),
            ("oui (non)", "non", "(non)"),
            ("> Vous mentez.", "mentez.", "> Vous mentez."),
        ],
    )
    def test_a_word_is_never_cut(self, text, marked, whole):
        start = text.index(marked)
        first, last = snap(text, start, start + len(marked))
        assert text[first:last] == whole


REFUSED = {
    "a string": ("0-3", [], "cannot be read"),
    "no list": ([0, 3], [], "cannot be read"),
    "three places": ([[0, 3, 4]], [], "cannot be read"),
    "truth values": ([[False, True]], [], "cannot be read"),
    "fractions": ([[0.0, 3.0]], [], "cannot be read"),
    "too many": ([[n * 2, n * 2 + 1] for n in range(MAX_PARTS + 1)], [], "too many"),
    "reversed": ([[3, 0]], [], "outside"),
    "empty": ([[3, 3]], [], "outside"),
    "negative": ([[-3, 3]], [], "outside"),
    "beyond the end": ([[0, 10_000]], [], "outside"),
    "in another order": ([[20, 27], [0, 3]], [], "overlap"),
    "overlapping": ([[0, 9], [4, 19]], [], "overlap"),
    "from inside a word": ([[1, 9]], [], "inside a word"),
    "into a word": ([[0, 8]], [], "inside a word"),
    "between words": ([[3, 4]], [], "no words"),
    "removed outside": ([[0, 9]], [[10, 19, "name"]], "stands in the excerpt"),
    "removed across a cut": ([[0, 3], [10, 19]], [[0, 19, "name"]], "stands in the excerpt"),
    "removed inside a word": ([], [[1, 3, "name"]], "inside a word"),
    "removed twice": ([], [[0, 9, "name"], [4, 9, "name"]], "overlap"),
    "removed for no reason": ([], [[0, 3]], "cannot be read"),
    "removed for a reason of one’s own": ([], [[0, 3, "boring"]], "reason"),
    "all of it removed": ([[0, 9]], [[0, 9, "name"]], "Nothing would be left"),
}


class TestRefused:
    @pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
    def test_rule05_with_a_sentence(self, case):
        ranges, removals, words = case
        with override("en"), pytest.raises(ExcerptRefused, match=words):
            check_excerpt(SAID, ranges, removals)

    @pytest.mark.parametrize("given", [None, 3, {}, {"a": 1}, "", [None], [[None, None]], [["a", "b"]], [{}]])
    def test_rule05_whatever_is_sent(self, given):
        with pytest.raises(ExcerptRefused):
            check_excerpt(SAID, given, [])
        with pytest.raises(ExcerptRefused):
            check_excerpt(SAID, [], given)

    @pytest.mark.parametrize(
        ("ranges", "removals"),
        [([[7, 14]], []), ([], [[0, 6, "insult"]]), ([[0, 6], [7, 14]], [[0, 6, "insult"]])],
        ids=["cut off", "removed", "removed with what stands before"],
    )
    def test_rule05_quoted_words_keep_the_mark_that_says_whose_they_are(self, ranges, removals):
        text = "> Vous mentez.\n\nMoi, je compte."
        with override("en"), pytest.raises(ExcerptRefused, match="somebody else"):
            check_excerpt(text, ranges, removals)

    def test_the_middle_of_quoted_words_may_go(self):
        text = "> Vous mentez, dit-il.\n\nMoi, je compte."
        excerpt = check_excerpt(text, [], [[7, 14, "insult"]])
        with override("en"):
            assert write_plain(text, excerpt).startswith("> Vous [removed: an insult] dit-il.")

    def test_of_nothing_nothing_is_quoted(self):
        with pytest.raises(ExcerptRefused):
            check_excerpt("", [], [])


class TestOtherWording:
    def test_the_same_words_are_found_in_it(self):
        excerpt = check_excerpt(SAID, [[0, 19], [SAID.index("On"), len(SAID)]])
        corrected = f"Bonjour. {SAID}"
        moved = carry_over(SAID, corrected, excerpt)
        assert moved is not None
        shown = [SAID[start:end] for start, end in kept_ranges(SAID, excerpt)]
        assert [corrected[start:end] for start, end in kept_ranges(corrected, moved)] == shown

    def test_what_was_removed_stays_removed(self):
        excerpt = check_excerpt(SAID, [[0, SAID.index("\n")]], [[20, 32, "name"]])
        moved = carry_over(SAID, f"Voilà. {SAID}", excerpt)
        assert moved is not None
        assert "Sylvain" not in write_plain(f"Voilà. {SAID}", moved)

    def test_other_words_are_not(self):
        excerpt = check_excerpt(SAID, [[0, 19]])
        assert carry_over(SAID, SAID.replace("manquent", "suffisent"), excerpt) is None


class TestNegations:
    @pytest.mark.parametrize(
        ("text", "kept", "dropped"),
        [
            ("Je ne crois pas à ce projet.", "crois", ["ne", "pas"]),
            ("Il n’est jamais venu.", "venu.", ["n’est", "jamais"]),
            ("Je n'en veux plus.", "en", ["plus"]),
            ("C’est fait sans nous.", "C’est fait", ["sans"]),
            ("It is not good.", "It is", ["not"]),
            ("I can’t agree with this.", "agree with this.", ["can’t"]),
            ("Nobody asked us.", "asked us.", ["Nobody"]),
            ("J’en veux plus, toujours.", "J’en veux", []),
            ("Une personne est venue.", "est venue.", []),
            ("Personne ne vient.", "vient.", ["Personne", "ne"]),
        ],
    )
    def test_they_are_named_where_the_rest_of_the_sentence_stays(self, text, kept, dropped):
        start = text.index(kept)
        assert dropped_negations(text, Excerpt((snap(text, start, start + len(kept)),))) == dropped

    def test_a_sentence_that_goes_altogether_is_no_matter(self):
        text = "Les bancs manquent. Je ne viens pas. On attend."
        excerpt = check_excerpt(text, [[0, 19], [text.index("On"), len(text)]])
        assert dropped_negations(text, excerpt) == []

    def test_what_is_removed_counts(self):
        text = "Je ne crois pas."
        assert dropped_negations(text, Excerpt((), ((3, 5, "insult"),))) == ["ne"]

    @given(chosen())
    def test_whole_there_are_none(self, case):
        text, excerpt = case
        assert dropped_negations(text, WHOLE) == []
        assert set(dropped_negations(text, excerpt)) <= set(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_rule05_what_people_type_can_be_cut_anywhere(typed, start, end):
    """Whatever the markup makes of it: marks, lists, lines that are quoted."""
    text = Words.of(typed).plain
    first, last = snap(text, min(start, end), max(start, end))
    try:
        excerpt = check_excerpt(text, [[first, last]])
    except ExcerptRefused:
        return
    assert is_subsequence(
        write_plain(text, excerpt).replace(CUT, " ").split(), text.replace(CUT, " ").split()
    )
