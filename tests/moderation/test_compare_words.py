"""Terms are found however they are disguised, where they stand, and nowhere else."""

import pytest

from moderation.matching.folding import words_of
from moderation.matching.sketches import sketch_of
from moderation.matching.terms import Pattern, TermIndex
from moderation.screening.evidence import Evidence

PLAIN = "Le traversier de sept heures est plein depuis que la rampe du quai est fermée aux camions."


def found(term: str, text: str) -> list[str]:
    index = TermIndex.of([(term, term)])
    return [text[start:end] for _term, (start, end) in index.find(words_of(text))]


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("viagra", "Du viagra ici", ["viagra"]),
        ("viagra", "DU VIAGRA!", ["VIAGRA"]),
        ("viagra", "du V1AGRA", ["V1AGRA"]),
        ("viagra", "du vіаgrа", ["vіаgrа"]),  # Cyrillic
        ("viagra", "du Ｖｉａｇｒａ", ["Ｖｉａｇｒａ"]),
        ("viagra", "du v.i.a.g.r.a pas cher", ["v.i.a.g.r.a"]),
        ("viagra", "du v i a g r a", ["v i a g r a"]),
        ("viagra", "du $viagra$", ["$viagra$"]),
        ("crétin", "CRETINS et cretin", ["cretin"]),
        ("cretin", "un crétin", ["crétin"]),
        ("casino*", "les casinos", ["casinos"]),
        ("casino*", "l’occasion", []),
        ("*coin", "du Bitcoin", ["Bitcoin"]),
        ("*coin", "les coins", []),
        ("gagner de l'argent", "Gagner  de l’argent, vite", ["Gagner  de l’argent"]),
        ("gagner de l'argent", "gagner de l’or et de l’argent", []),
        ("prêt rapide*", "des prêts rapides, un prêt rapidement", ["prêt rapidement"]),
        ("con", "contre le second", []),
        ("a$$", "un a$$ ici, à l’as", ["a$$"]),
        ("as", "un a$ ici", ["a$"]),
        ("porc", "P O R C", ["P O R C"]),
        ("porc", "à l’est, p. o. – r c", []),
    ],
)
def test_terms_are_found_as_a_hurried_eye_reads_them(term, text, there):
    assert found(term, text) == there


@pytest.mark.parametrize("term", ["", "*", "…", "  "])
def test_what_has_no_letter_is_no_term(term):
    assert Pattern.of(term) is None


def test_every_term_is_found_that_begins_with_the_same_word():
    index = TermIndex.of([("prêt", 1), ("prêt rapide", 2), ("prê*", 3), ("rapide", 4)])
    assert sorted(value for value, _span in index.find(words_of("un prêt rapide"))) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("Voir https://www.exemple.org/a et www.autre.org.", ["exemple.org", "autre.org."]),
        ("exemple.org/offre", ["exemple.org"]),
        ("Le 12.05 à 14 h, etc. Voir p. 3/4.", []),
        ("[ici](https://exemple.org/)", ["exemple.org"]),
        ("https://[::1", []),
        ("https://ex℀.org/", [""]),
    ],
)
def test_links_are_found_with_their_hosts(text, hosts):
    assert [link.host for link in Evidence(text).links] == hosts


class TestSketches:
    def likeness(self, one: str, other: str) -> float:
        first, second = sketch_of(words_of(one)), sketch_of(words_of(other))
        assert first is not None
        assert second is not None
        return first.likeness(second.least)

    def test_a_text_is_like_itself_however_it_is_written(self):
        assert self.likeness(PLAIN, PLAIN.upper().replace(" ", "  ")) == 1
        assert sketch_of(words_of(PLAIN)) == sketch_of(words_of(f"{PLAIN} !"))

    def test_a_word_that_is_changed_leaves_it_alike(self):
        longer = (
            f"{PLAIN} Nous l’avons dit trois fois déjà, à la mairie comme à la capitainerie, sans réponse."
        )
        assert self.likeness(longer, longer.replace("trois", "quatre")) > 0.6

    def test_others_are_not_alike(self):
        other = "La cafétéria ferme désormais à quinze heures, et personne de la nuit ne peut y manger chaud."
        assert self.likeness(PLAIN, other) < 0.2

    def test_a_greeting_is_like_many_and_has_none(self):
        assert sketch_of(words_of("Merci beaucoup pour cette réponse !")) is None
