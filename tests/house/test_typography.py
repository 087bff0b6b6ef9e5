"""How the words for readers are set: the spaces of Québec, curved apostrophes, one spelling of a word."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.house import rules
from tests.house.each import each
from tools.translations import load, misspaced

ROOT = Path(settings.BASE_DIR)
CONTENT = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("demo/content/**/*.py"), ROOT / "home/actions/texts.py"]
)
CATALOGUE = "locale/fr/LC_MESSAGES/django.po"


@each(CONTENT)
def test_what_is_written_for_a_site_is_set(name):
    faults = list(rules.typing_faults((ROOT / name).read_text(encoding="utf-8")))
    assert not faults, f"{name}\n" + "\n".join(faults)


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("Rien\u00a0; rien.", False),
        ("Vide : tout.", False),
        ("« Titre »", False),
        ("L'eau", False),
        ("<a class='x' href='y'>L’eau</a>\u00a0: «\u00a0vraiment?\u00a0» Oui; à 10:30.", True),
    ],
)
def test_what_is_typed_is_seen(words, is_right):
    assert (list(rules.typing_faults(f"SAID = {words!r}")) == []) == is_right


def test_english_writes_email_as_the_admin_does():
    strays = [
        message.id
        for message in load((ROOT / CATALOGUE).read_bytes())
        if re.search(r"(?i)\be-mail", str(message.id))
    ]
    assert not strays, f"It is “email” (docs/glossary.md): {strays}"


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("Qui\u00a0? Non.", False),
        ("Rien ; rien.", False),
        ("Vide : tout.", False),
        ("« Titre »", False),
        ("Vide\u00a0: «\u00a0Titre\u00a0», vraiment? Oui; à 10:30, par %(name)s.", True),
    ],
)
def test_the_check_of_the_catalogues_knows_the_spaces_of_quebec(words, is_right):
    catalogue = (
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "x"\nmsgstr "{words}"\n'
    )
    assert (misspaced("django.po", catalogue.encode()) == []) == is_right
