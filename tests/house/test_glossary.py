"""The glossary has the words of the code, and the code has those of the glossary."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.house import rules
from tests.house.each import each
from tests.house.test_text import APPS, CONTENT, MODULES, read

ROOT = Path(settings.BASE_DIR)
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TERMS = [line.split(" | ") for line in GLOSSARY.splitlines() if line.startswith("| ")]
IN_CODE = {name for term in TERMS if len(term) == 5 for name in re.findall(r"`([^`]+)`", term[3])}
PROOFS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "trust").rglob("*.py"))
# Pictures that each newcomer would have to decode, and the words of the field that took their place.
RETIRED = {
    "door": "restriction",
    "ceremony": "attempt",
    "vouch": "trust or authenticate",
    "silent": "unavailable",
    "stand_in": "fallback",
    "mood": "behaviour",
}
OF_MARKDOWN_IT = {"dialogue/markup/parser.py"}  # which calls a parameter `silent`


def names_in_code() -> set[str]:
    """Return every name and identifier-like word of our apps, the proofs, the templates and the scripts."""
    names = {name for module in (*MODULES, *PROOFS) for name in rules.names_of(read(module))}
    for pattern in ("templates/**/*.html", "portal/static/js/**/*.js"):
        for path in ROOT.glob(pattern):
            names.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return names


def is_there(name: str, names: set[str]) -> bool:
    """Whether a name of the glossary is one of `names`, a file, or the ending of names."""
    if "/" in name:
        return any((ROOT / folder / name).exists() for folder in ("", "portal/static"))
    if name.startswith("…"):
        return any(each.endswith(name.removeprefix("…")) for each in names)
    return all(word in names for word in re.findall(r"\w+", name.partition("(")[0]))


def test_every_model_is_in_it():
    models = {model.__name__ for app in APPS for model in apps.get_app_config(app).get_models()}
    known = set(re.findall(r"`(\w+)`", GLOSSARY))
    endings = tuple(name.removeprefix("…") for name in IN_CODE if name.startswith("…"))
    missing = {name for name in models - known if not name.endswith(endings)}
    assert not missing, f"Say in docs/glossary.md what these are, in both languages: {sorted(missing)}."


def test_it_names_nothing_that_is_gone():
    names = names_in_code()
    gone = {name for name in IN_CODE if not is_there(name, names)}
    assert not gone, f"No code has these any more: mend docs/glossary.md: {sorted(gone)}."


@each(name for name in MODULES if not name.startswith(CONTENT))
def test_no_name_is_a_picture(module):
    """“door” gave way to the word that Wagtail has, and so did others to the words of their field."""
    names = set() if module in OF_MARKDOWN_IT else rules.names_bound(read(module))
    found = {
        f"{name} (say {better})" for name in names for word, better in RETIRED.items() if word in name.lower()
    }
    assert not found, f"{module}: {sorted(found)}: see docs/glossary.md."


class TestTheRulesThemselves:
    def test_they_see_names(self):
        source = "def open_door(door, *doors):\n    stand_in = 1\n    return door.is_shut or 'a door'"
        assert rules.names_bound(source) == {"open_door", "door", "doors", "stand_in"}
        assert rules.names_of(source) >= {"open_door", "is_shut", "stand_in"}
