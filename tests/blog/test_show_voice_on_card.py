"""The card of an article says how the voice in it begins, while the article shows it (rules 2, 4, 5, 11)."""

import pytest
from django.utils.translation import gettext

from dialogue.actions import hide_comment, restore_comment, take_back_quotation
from dialogue.openings import LONGEST, first_sentence
from mail.models import ChoicePlace

pytestmark = pytest.mark.django_db

FIRST = "Il manque un banc à l’abri du vent."
WORDS = f"{FIRST} Nous l’avons demandé deux fois, en vain."
MARK = 'class="card__voice"'


@pytest.fixture
def agreed(article, say):
    return say(article, WORDS, name="Camille Roy", may_quote=True)


@pytest.fixture
def lists(articles_fr):
    return [articles_fr.url, articles_fr.get_parent().url]


def cards(client, url):
    """Return the cards of a list; on the front page the newest article, whose voice is told, stands apart."""
    return client.get(url).content.decode().partition('<article class="card">')[2]


def test_rule05_it_says_the_first_sentence_and_marks_that_there_is_more(client, quote, agreed, write, lists):
    quote("La parole à Camille", agreed)
    write("Le plus récent")  # leads the front page
    for url in lists:
        card = cards(client, url)
        assert card.count(MARK) == 1
        assert f"{FIRST} […]</blockquote>" in card
        assert "<bdi>Camille Roy</bdi>" in card


@pytest.mark.parametrize("act", ["hide", "take_back", "close", "take_out"])
def test_rule04_it_is_gone_with_the_next_request(client, quote, agreed, write, lists, article, act):
    page = quote("La parole à Camille", agreed)
    write("Le plus récent")
    assert all(FIRST in cards(client, url) for url in lists)
    if act == "hide":
        hide_comment(agreed, by=None)
    elif act == "take_back":
        take_back_quotation(agreed, by=agreed.participant, place=ChoicePlace.PAGE)
    elif act == "close":
        article.view_restrictions.create(restriction_type="login")
    else:
        page.body = []
        page.save_revision().publish()
    for url in lists:
        card = cards(client, url)
        assert "La parole à Camille" in card
        assert FIRST not in card
        assert "Camille Roy" not in card
    if act == "hide":
        restore_comment(agreed, by=None)
        assert all(FIRST in cards(client, url) for url in lists)


def test_rule02_nothing_is_told_without_consent(client, quote, article, say, lists, signed_in, editor):
    quote("La parole à Camille", say(article, WORDS))
    for reader in (client, signed_in(editor)):
        assert all(MARK not in cards(reader, url) for url in lists)


def test_rule11_an_internal_voice_is_told_to_those_alone_who_may_read_its_page(
    client, quote, internal_dialogue, say, employee, signed_in, lists
):
    inside = say(internal_dialogue, WORDS, user=employee, may_quote=True)
    quote("Devant tous", inside)
    closed = quote("Entre nous", inside)
    closed.view_restrictions.create(restriction_type="groups").groups.set(
        internal_dialogue.get_view_restrictions().last().groups.all()
    )
    assert all(MARK not in cards(client, url) for url in lists)
    assert cards(signed_in(employee), lists[0]).count(MARK) == 1


def test_the_voice_placed_last_is_the_one_that_is_shown(client, quote, article, say, articles_fr):
    words = ("La première voix est celle d’un capitaine.", "La seconde voix est celle d’une lectrice.")
    shown, hidden = (say(article, one, may_quote=True) for one in words)
    quote("Deux voix", shown, hidden)
    hide_comment(hidden, by=None)
    card = cards(client, articles_fr.url)
    assert words[0] in card
    assert words[1] not in card


def test_it_says_in_which_language_it_is(client, quote, article, say, articles_fr):
    words = "There is no bench out of the wind at the landing, and we have asked for one twice already."
    quote("La parole à Joan", say(article, words, name="Joan Roy", may_quote=True))
    card = cards(client, articles_fr.url)
    assert '<blockquote dir="auto" lang="en">' in card
    assert gettext("in %(language)s") % {"language": gettext("English").lower()} in card


def test_more_voices_cost_no_more_queries(client, quote, article, say, articles_fr, count_queries):
    quote("Une voix", say(article, WORDS, may_quote=True))
    client.get(articles_fr.url)
    quote("Une autre", say(article, WORDS, may_quote=True))
    few = count_queries(lambda: client.get(articles_fr.url))
    for number in range(4):
        quote(f"Voix {number}", *(say(article, f"{number}. {WORDS}", may_quote=True) for _time in range(3)))
    assert count_queries(lambda: client.get(articles_fr.url)) == few


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Un mot.", "Un mot."),
        ("Non. Le quai reste fermé. Encore.", "Non. Le quai reste fermé. […]"),
        ("Mr. Roy asked for a bench at the landing. Twice.", "Mr. Roy asked for a bench at the landing. […]"),
        ("« Le quai reste fermé tout l’hiver. » Voilà.", "« Le quai reste fermé tout l’hiver. » […]"),
        ("[…] Le quai reste fermé tout l’hiver. Voilà.", "[…] Le quai reste fermé tout l’hiver. […]"),
        ("> Le quai ferme.\n> Dommage.\n\nOui, à tout le monde ici.", "[…] Oui, à tout le monde ici."),
        ("[…] > ferme.\nOui, à tout le monde ici.", "[…] Oui, à tout le monde ici."),
        ("Oui, il manque à tout le monde.\n> Le quai ferme.", "Oui, il manque à tout le monde. […]"),
        ("> Le quai ferme.", ""),
        ("Le quai reste\nfermé tout l’hiver", "Le quai reste fermé tout l’hiver"),
        ("mot " * 100, f"{' '.join(['mot'] * 45)} […]"),
    ],
)
def test_the_first_sentence(words, sentence):
    assert first_sentence(words) == sentence
    assert len(sentence) <= LONGEST + 4
