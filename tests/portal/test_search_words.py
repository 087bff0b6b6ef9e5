"""The same words find the same things on both databases, for readers and in the admin's lists (R21, R02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText
from wagtail.models import Locale
from wagtail.search.backends import get_search_backend

from blog.models import Author
from portal.search import NOTHING, fold, rewrite, runs_of, terms_in
from tests.database import for_a_while

pytestmark = [pytest.mark.database, pytest.mark.every_case]

# What stands in the index, by a letter.
TEXTS = {
    "a": "La navette du matin, l’énergie du Québec",
    "b": "Les navettes électriques de la Côte-Nord",
    "c": "Œuvres d’art dans les gares : chevaux, travaux, journaux",
    "d": "The school ferries are running late",
    "e": "Ferry timetable 2026, port-au-prince and C++",
    "f": "Décisions publiées : nous avons décidé",
    "g": "Cheval de trait, travail de nuit, journal de bord",
    "h": "Straße, Łódź, Ελλάδα, 日本, naïve façade",
    "i": "L’hydro-électricité, 12 500 $ et 50 %",
}
FOUND = [
    # Case, accents, composition, ligatures, other alphabets
    ("énergie", "a"),
    ("energie", "a"),
    ("ÉNERGIE", "a"),
    ("e\u0301nergie", "a"),
    ("quebec", "a"),
    ("Québec", "a"),
    ("QUÉBEC", "a"),
    ("québec", "a"),
    ("cote-nord", "b"),
    ("côte nord", "b"),
    ("Côte-Nord", "b"),
    ("electriques", "bi"),
    ("œuvres", "c"),
    ("oeuvres", "c"),
    ("ŒUVRES", "c"),
    ("OEUVRES", "c"),
    ("strasse", "h"),
    ("straße", "h"),
    ("STRASSE", "h"),
    ("lodz", "h"),
    ("łódź", "h"),
    ("ελλαδα", "h"),
    ("ΕΛΛΆΔΑ", "h"),
    ("ellada", "h"),
    ("日本", "h"),
    ("riben", "h"),
    ("naive", "h"),
    ("facade", "h"),
    ("façade", "h"),
    ("ｎａｖｅｔｔｅ", "ab"),
    # Endings, in French
    ("navette", "ab"),
    ("navettes", "ab"),
    ("Navettes", "ab"),
    ("matins", "a"),
    ("energies", "a"),
    ("électrique", "bi"),
    ("oeuvre", "c"),
    ("gare", "c"),
    ("arts", "c"),
    ("chevaux", "cg"),
    ("travaux", "c"),
    ("journaux", "cg"),
    ("decision", "f"),
    ("décisions", "f"),
    ("publiée", "f"),
    ("publiées", "f"),
    ("publié", "f"),
    ("décidée", "f"),
    ("decides", "f"),
    ("publions", ""),
    ("nuits", "g"),
    ("bords", "g"),
    ("façades", "h"),
    # Endings, in English
    ("schools", "d"),
    ("School", "d"),
    ("ferry", "de"),
    ("ferries", "de"),
    ("Ferry", "de"),
    ("run", "d"),
    ("runs", "d"),
    ("running", "d"),
    ("timetables", "e"),
    ("ports", "e"),
    # What stands around words
    ("l’énergie", "a"),
    ("l'énergie", "a"),
    ("énergie,", "a"),
    ("«énergie»", "a"),
    ("« navette »", "ab"),
    ("port-au-prince", "e"),
    ("port au prince", "e"),
    ("hydro-électricité", "i"),
    ("hydro electricite", "i"),
    ("l’hydro", "i"),
    ("12 500", "i"),
    ("12\u00a0500", "i"),
    ("500 $", "i"),
    ("50 %", "i"),
    ("2026", "e"),
    ("5", ""),
    ("202", ""),
    # Several words: each of them
    ("navette énergie", "a"),
    ("énergie navette", "a"),
    ("navettes québec", "a"),
    ("navette ferry", ""),
    ("la navette du matin", "a"),
    ("cheval travail", "g"),
    # What search engines obey is no word here
    ('"navette', "ab"),
    ('"navette"', "ab"),
    ("navette*", "ab"),
    ("-navette", "ab"),
    ("+navette", "ab"),
    ("navette:", "ab"),
    ("title:navette", ""),
    ("(navette", "ab"),
    ("navette)", "ab"),
    ("^navette", "ab"),
    ("navette!", "ab"),
    ("navette & énergie", "a"),
    ("navette | énergie", "a"),
    ("navette \\ énergie", "a"),
    ("<navette>", "ab"),
    ("'navette'", "ab"),
    ("navette\x00", "ab"),
    ("C++", "e"),
    # Nothing
    ('"', ""),
    ("*", ""),
    ("'", ""),
    ("\\", ""),
    ("()", ""),
    ("", ""),
    (" ", ""),
    ("nulle part", ""),
    ("bateau", ""),
    ("avette", ""),
]
BEGUN = [("nav", "ab"), ("NAV", "ab"), ("éner", "a"), ("ener", "a"), ("navettes", "ab"), ("ferr", "de")]
BEGUN += [("œuv", "c"), ("la nav", "ab"), ('"nav', "ab"), ('"', ""), ("日", "h"), ("avette", "")]


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    """Something for each of the texts, which is found by its name."""
    with django_db_blocker.unblock(), for_a_while():
        french = Locale.objects.get(language_code="fr")
        yield {letter: Author.objects.create(name=text[:80], locale=french) for letter, text in TEXTS.items()}


def letters(shelf, results):
    found = {author.pk for author in results}
    return "".join(letter for letter, author in shelf.items() if author.pk in found)


@pytest.mark.parametrize(("query", "found"), FOUND)
def test_r21_what_is_found_is_the_same_everywhere(shelf, db, query, found):
    results = get_search_backend().search(query, Author.objects.all())
    assert letters(shelf, results) == found
    assert results.count() == len(found)


@pytest.mark.parametrize(("query", "found"), BEGUN)
def test_r21_lists_of_the_admin_find_words_that_are_begun(shelf, db, query, found):
    assert letters(shelf, get_search_backend().autocomplete(query, Author.objects.all())) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Phrase("navette du matin"), "a"),
        (Phrase('"'), ""),
        (Or([PlainText("ferry"), PlainText("école"), PlainText('"')]), "de"),
        (And([PlainText("navette"), Not(PlainText("québec"))]), "b"),
        (And([PlainText("navette"), MatchAll()]), "ab"),
        (PlainText("ferry navette", operator="or"), "abde"),
        (Boost(PlainText("énergie"), 2), "a"),
        (Fuzzy("énergie"), "a"),
        (MatchAll(), "abcdefghi"),
    ],
)
def test_r21_so_are_questions_put_together(shelf, db, query, found):
    assert letters(shelf, get_search_backend().search(query, Author.objects.all())) == found


@given(st.text(max_size=40))
def test_r21_words_are_plain_and_folding_them_changes_nothing(text):
    words = [fold(run) for run in runs_of(text)]
    assert all(word.isascii() and word.isalnum() for word in words if word)
    assert [fold(run) for run in runs_of(" ".join(words))] == [word for word in words if word]
    assert set(filter(None, words)) <= set(terms_in(text))


@given(st.text(alphabet="\"'*+-()|&!^:~<>{}[]\\%_ \t\n", max_size=12))
def test_r02_signs_alone_ask_for_nothing(text):
    assert rewrite(PlainText(text)) is NOTHING


SEARCHED = [
    "/admin/pages/search/?q={}",
    "/admin/images/?q={}",
    "/admin/documents/?q={}",
    "/admin/snippets/blog/author/?q={}",
    "/admin/snippets/portal/topic/?q={}",
    "/admin/users/?q={}",
    "/admin/moderation/ledger/?q={}",
    "/admin/redirects/?q={}",
    "/admin/choose-page/search/?q={}",
    "/admin/images/chooser/results/?q={}",
    "/admin/documents/chooser/results/?q={}",
]


@pytest.mark.parametrize("address", SEARCHED)
def test_r02_no_search_of_the_admin_stumbles_over_a_sign(signed_in, administrator, address):
    browser = signed_in(administrator)
    for query in ("%22", "%22quai", "quai%22", "*", "%27", "a%00b", "AND", "NEAR("):
        assert browser.get(address.format(query)).status_code == 200, query
