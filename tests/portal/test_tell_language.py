"""In which language words are: told where that is sure, and otherwise left to the page where they stand."""

import subprocess
import sys

import pytest
from django.utils.translation import override

from portal.languages import OTHERS, detect_language, is_language, language_choices, language_name

DOUBT = ""  # neither surely: it is the language of the page

TEXTS = {
    # French
    "Bonjour, je trouve que la navette est toujours en retard.": "fr",
    "À quelle heure part le dernier bateau le dimanche ?": "fr",
    "Tout à fait d’accord avec Mme Gagnon.": "fr",
    "Bonne idée": "fr",
    "C’est correct.": "fr",
    "Merci beaucoup pour la réponse": "fr",
    "NAVETTE EN RETARD ENCORE UNE FOIS": "fr",
    # of Québec
    "Ben là, j’suis ben tanné d’attendre après la bus, c’est plate en maudit.": "fr",
    "Chu d’accord, y’en a pas de problème, faque on continue.": "fr",
    "Pantoute! Moé j’prends mon char pis c’est toute.": "fr",
    "C’est le fun, le shuttle a enfin du staff le weekend.": "fr",
    "Le wifi est down, le staff est cool mais le check-in est long.": "fr",
    # English
    "The ferry is always late.": "en",
    "When does the last boat leave on Sundays?": "en",
    "Totally agree with Mrs. Gagnon.": "en",
    "Great idea": "en",
    "I don’t think so.": "en",
    "Thank you very much": "en",
    "John Smith is right.": "en",
    # of both
    "I agree with Marie: the winter timetable is a mess, vraiment n’importe quoi.": "en",
    "Thanks, c’est bien": "fr",
    "« The customer is always right » : je n’y crois plus.": DOUBT,
    "See you at the terminal. À bientôt!": DOUBT,
    # hardly any words, or words of both
    "": DOUBT,
    "OK": DOUBT,
    "Non": DOUBT,
    "Merci !": DOUBT,
    "Bravo !": DOUBT,
    "Excellent article": DOUBT,
    "Question importante": DOUBT,
    "12 h 30": DOUBT,
    # no words of any language
    "https://example.org/fr/horaires-de-la-navette-du-matin-et-du-soir": DOUBT,
    "ecrivez.a.la.navette.du.matin@example.org": DOUBT,
    "👍👍🎉": DOUBT,
    "Jean Tremblay": DOUBT,
    "Marie-Ève Bouchard et John Smith": DOUBT,
    "asdf qwer zxcv uiop hjkl": DOUBT,
    "import os; print(os.environ)": DOUBT,
    "\u202e\u200b\x07": DOUBT,
    "[](" * 600: DOUBT,
    # others, of which the library is sure
    "Hola, me parece que el barco llega siempre tarde por la noche.": "es",
    "Obrigado, muito interessante. Gostaria de saber quando começa.": "pt",
    "Il traghetto parte sempre in ritardo e nessuno dice niente.": "it",
    "Das Schiff ist immer zu spät und niemand sagt etwas.": "de",
    "Mèsi anpil pou enfòmasyon sa yo, nou kontan anpil.": "ht",
    "شكرا جزيلا على هذه المعلومات المفيدة": "ar",
    "Спасибо за информацию о расписании, это очень полезно.": "ru",
    "渡轮总是晚点，我们希望时间表能改善一下，谢谢大家的努力。": "zh",
    # and is not
    "Спасибо": DOUBT,
    "Hola, gracias": DOUBT,
    "ᐃᓄᒃᑎᑐᑦ ᐅᖃᓪᓚᒍᓐᓇᖅᑐᖓ ᐊᒻᒪᓗ ᐅᖃᓕᒫᕈᓐᓇᖅᑐᖓ": DOUBT,
}


@pytest.mark.parametrize(("text", "language"), TEXTS.items(), ids=range(len(TEXTS)))
@pytest.mark.parametrize("usual", ["fr", "en"])
def test_r20_words_are_told_or_left_to_the_page(text, language, usual):
    assert detect_language(text, usual) == (language or usual)


def test_r20_the_address_beside_the_words_says_nothing():
    link = "https://example.org/fr/horaires-de-la-navette-du-matin-et-du-soir"
    assert detect_language(f"Is this still the timetable? {link}", "fr") == "en"


def test_r20_a_long_text_is_read_no_further_than_it_says_something():
    beginning = "The ferry is always late. " * 200
    assert detect_language(beginning + "Le bateau est en retard. " * 4_000, "fr") == "en"


def test_r20_whoever_only_reads_does_not_load_the_library():
    code = (
        "import django, sys; django.setup(); import portal.urls, dialogue.actions, dialogue.forms; "
        "sys.exit('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=120)  # noqa: S603 - our own code
    assert done.returncode == 0


class TestChoices:
    @pytest.mark.parametrize("reader", ["fr", "en"])
    def test_r20_every_language_has_a_name_for_its_reader(self, reader):
        with override(reader):
            names = [language_name(code) for code in ("fr", "en", *OTHERS)]
        assert not {"fr", "en", *OTHERS} & set(names)
        assert len(set(names)) == len(names)
        assert all(name[0].isupper() for name in names)

    def test_r20_those_of_the_site_come_first_and_the_others_by_name(self):
        with override("fr"):
            *ours, (_label, others) = language_choices()
        assert ours == [("fr", "Français"), ("en", "Anglais")]
        names = [name for _code, name in others]
        assert names.index("Créole haïtien") < names.index("Espagnol") < names.index("Hébreu")
        assert names.index("Hébreu") < names.index("Hindi")
        assert len(names) == len(OTHERS) == len(set(OTHERS))

    @pytest.mark.parametrize("code", ["", "FR", "fr-CA", "xx", "zxx", "en\0"])
    def test_r20_what_is_no_language_is_none(self, code):
        assert not is_language(code)
