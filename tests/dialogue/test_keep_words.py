"""What is typed is what is shown, mailed, found and quoted: a mark is markup only beyond doubt (R05)."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue import markup
from dialogue.models import Comment, CommentRevision
from dialogue.passages import find_passage, find_words, quote_passages

# Lines as people write them; asterisks stand before a space alone, so that none of them is emphasis.
MARKS = st.sampled_from(
    ["", "- ", "* ", "> ", ">", "1. ", "2. ", "3. ", "10. ", "> - ", "- > ", "  - ", "   "]
)
WORDS = st.sampled_from(
    ["mot", "3 %", "5 $", "-2 °C", "+ 1", "< 10", "> 4", "= 8", "€ 6", "Non", "1. un", "− 7", "½", "été", ""]
)
LINES = st.tuples(MARKS, WORDS).map("".join)
TEXTS = st.lists(LINES, max_size=9).map("\n".join)


def signs_of(text: str) -> str:
    """Return the signs of a text but its spaces, one kind of bullet, and no quoted lines without words."""
    return "".join(re.sub(r"^[ >]+$", "", text, flags=re.MULTILINE).split()).replace("*", "-")


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


class TestMarks:
    @pytest.mark.parametrize(
        "text",
        [
            "- 3 % d'achalandage",
            "- 3 % de passagers\n- 4 % de recettes",
            "- 3% fewer riders",
            "-  12 °C ce matin",
            "- 5 $ par billet",
            "- $5 a ticket",
            "- € 5 a ticket",
            "- £5",
            "- ½ journée",
            "- ٣ أيام",
            "- 1\ufe0f\u20e3 premier",
            "- .5 point",
            "- ,5 point",
            "- -5 degrés",
            "- – 5 degrés",
            "- + 5 degrés",
            "- ± 2",
            "- < 10 personnes",
            "- > 10 personnes",
            "- = rien",
            "- ≈ 40 minutes",
            "- (3 + 2)",
            "- « 3 % »\n- « 4 % »",
            "- pommes\n- 3 poires",
            "- apples\n- 2 pears\n- bread",
            "- Bonjour.",
            "- Marie",
            "- The harbour master",
            "Merci à tous.\n- Marie Tremblay",
            "* 2",
            "* Voir la note",
            "* See below",
            "> 5 minutes",
            "> 5 minutes d'attente\n> hier encore",
            "> 10 people, every day",
            ">= 5",
            ">5",
            "> $5",
            "> - 3 %",
            ">> 5",
            ">:(",
            ">.<",
            "2. Non",
            "2. No",
            "1. Oui",
            "1. Oui\n3. Non",
            "2. Oui\n3. Non",
            "3. Trois\n2. Deux\n1. Un",
            "1. Yes\n1. No",
            "01. Oui\n02. Non",
            "12. décembre",
            "- un\n* deux",
            "- - un",
            "1. - un",
        ],
    )
    def test_r05_in_doubt_they_are_words(self, text):
        html = markup.render(text)
        assert not re.search(r"<(ul|ol|li|blockquote)", html)
        assert words_of(html).split() == text.split()
        assert markup.plain(text).split() == text.split()
        assert markup.excerpt(text, 500).split() == text.split()

    @pytest.mark.parametrize(
        ("text", "html", "plain"),
        [
            ("- un\n- deux", "<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
            ("* one\n* two", "<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
            ("1. Oui\n2. Non", "<ol><li>Oui</li><li>Non</li></ol>", "1. Oui\n2. Non"),
            ("1. 5 $\n2. 6 $", "<ol><li>5 $</li><li>6 $</li></ol>", "1. 5 $\n2. 6 $"),
            (
                "Ainsi :\n- un\n- deux",
                "<p>Ainsi :</p><ul><li>un</li><li>deux</li></ul>",
                "Ainsi :\n\n- un\n- deux",
            ),
            (
                "Ainsi :\n- 3 %\nenviron",
                "<p>Ainsi :<br>- 3 %<br>environ</p>",
                "Ainsi :\n- 3 %\nenviron",
            ),
            (
                "- un\n  - deux\n- trois",
                "<ul><li>un<br>- deux</li><li>trois</li></ul>",
                "- un\n- deux\n- trois",
            ),
            (
                "1. un\n   - a\n   - b\n2. deux",
                "<ol><li>un<ul><li>a</li><li>b</li></ul></li><li>deux</li></ol>",
                "1. un\n- a\n- b\n2. deux",
            ),
            ("> dit\n> 5 fois", "<blockquote><p>dit<br>5 fois</p></blockquote>", "> dit\n> 5 fois"),
            ("> dit\nNon.", "<blockquote><p>dit</p></blockquote><p>Non.</p>", "> dit\n\nNon."),
            (
                ">said\n>> before",
                "<blockquote><p>said</p><blockquote><p>before</p></blockquote></blockquote>",
                "> said\n\n> > before",
            ),
            (
                "> 1. Oui\n> 2. Non",
                "<blockquote><ol><li>Oui</li><li>Non</li></ol></blockquote>",
                "> 1. Oui\n> 2. Non",
            ),
            ("*- 3 %*", "<p><em>- 3 %</em></p>", "- 3 %"),
            ("- *3* %\n- **4** %", "<p>- <em>3</em> %<br>- <strong>4</strong> %</p>", "- 3 %\n- 4 %"),
        ],
    )
    def test_r05_beyond_doubt_they_are_markup_and_none_is_lost_in_text(self, text, html, plain):
        assert markup.render(text).replace("\n", "") == html
        assert markup.plain(text) == plain

    @settings(max_examples=400)
    @given(TEXTS)
    def test_r05_every_sign_is_there_in_its_order(self, text):
        assert signs_of(markup.plain(text)) == signs_of(text)
        assert markup.plain_without_marks(text).split() == words_of(markup.render(text)).split()

    @settings(max_examples=200)
    @given(TEXTS, st.integers(10, 80))
    def test_r05_an_excerpt_begins_as_one_spoke(self, text, length):
        cut = signs_of(markup.excerpt(text, length).removesuffix("…"))
        if not re.search(r"^[\s*->]*>", text, re.MULTILINE):
            assert signs_of(text).startswith(cut)

    @settings(max_examples=200)
    @given(TEXTS, st.data())
    def test_r05_what_is_marked_on_the_page_is_found(self, text, data):
        words = words_of(markup.render(text)).split()
        first = data.draw(st.integers(0, len(words)))
        marked = words[first : data.draw(st.integers(first, len(words)))]
        if marked:
            start, end = find_words(markup.Words.of(text), " ".join(marked))
            found = (markup.plain(text)[start:end], markup.plain_without_marks(text)[start:end])
            assert marked in [words.split() for words in found]


@pytest.mark.django_db
class TestWhatIsStored:
    """Comments that an earlier renderer rendered."""

    def test_r05_what_was_rendered_before_is_read_as_it_was_typed(self, client, article, say):
        comment = say(article, "- 3 % hier")
        old = {"html": "<ul><li>3 % hier</li>\n</ul>", "renderer_version": 1}
        Comment.objects.update(**old, excerpt="3 % hier", fragment="", fragment_version=0)
        CommentRevision.objects.update(**old)
        assert "<p>- 3 % hier</p>" in client.get(article.get_url()).content.decode()
        assert CommentRevision.objects.get().body == "<p>- 3 % hier</p>"
        for made in (1, 0):
            call_command("render_comments", stdout=(told := StringIO()))
            assert f"Comments made anew: {made}." in told.getvalue()
            assert f"Versions made anew: {made}." in told.getvalue()
        comment.refresh_from_db()
        assert (comment.html, comment.excerpt) == ("<p>- 3 % hier</p>", "- 3 % hier")
        assert "- 3 % hier" in comment.fragment
        assert CommentRevision.objects.get().html == comment.html

    def test_r05_erased_words_are_not_made_anew(self, article, say):
        comment = say(article, "Un banc.")
        Comment.objects.update(text="", html="", renderer_version=0)
        CommentRevision.objects.update(text="", html="", renderer_version=0)
        call_command("render_comments", stdout=(told := StringIO()))
        assert "Comments made anew: 0." in told.getvalue()
        comment.refresh_from_db()
        assert comment.body == comment.revisions.get().body == ""

    @pytest.mark.parametrize("marked", ["Oui\nNon", "1. Oui\n2. Non", "1. Oui 2. Non"])
    def test_r05_a_list_is_quoted_with_its_numbers(self, article, say, marked):
        parent = say(article, "1. Oui\n2. Non")
        reply = say(article, "Et 3 ?", parent=parent, passage=find_passage(parent, marked))
        assert "Oui 2. Non" in quote_passages([reply])[reply.pk].words
