"""The reference says what the code does: variables of the environment and commands, one by one."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, get_commands, load_command_class

from demo.cast import DEMO_PASSWORD, SIGN_INS
from tests.house import rules
from tests.house.test_text import APPS

ROOT = Path(settings.BASE_DIR)
REFERENCE = ROOT / "docs" / "reference"
# Names that frameworks and libraries give; nobody sets them for Parley alone.
OTHERS_NAMES = {"DJANGO_SETTINGS_MODULE", "OPENBLAS_NUM_THREADS"}


def headings(name: str) -> list[str]:
    """Return the words in code style that head the sections of a page of the reference."""
    text = (REFERENCE / name).read_text(encoding="utf-8")
    return re.findall(r"^### `([^`]+)`", text, flags=re.MULTILINE)


def test_every_variable_is_described_and_every_description_has_its_variable():
    read = {
        variable
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for variable in rules.environment_variables(path.read_text(encoding="utf-8"))
    } - OTHERS_NAMES
    described = headings("settings.md")
    assert sorted(described) == sorted(set(described)), (
        "A variable is described twice in docs/reference/settings.md."
    )
    assert read - set(described) == set(), "Describe these in docs/reference/settings.md, under “### `NAME`”."
    assert set(described) - read == set(), "Nobody reads these: take them out of docs/reference/settings.md."


def test_every_command_is_described_and_every_description_has_its_command():
    ours = {name: app for name, app in get_commands().items() if app in APPS}
    described = headings("commands.md")
    assert set(ours) - set(described) == set(), (
        "Describe these in docs/reference/commands.md, under “### `name`”."
    )
    assert set(described) - set(ours) == set(), (
        "No app has these: take them out of docs/reference/commands.md."
    )


def test_every_option_of_a_command_is_described():
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", text, flags=re.MULTILINE | re.DOTALL))
    stock = options_of(BaseCommand())
    for name, app in get_commands().items():
        if app not in APPS:
            continue
        own = options_of(load_command_class(app, name)) - stock
        missing = {option for option in own if f"`{option}" not in sections.get(name, "")}
        assert not missing, f"docs/reference/commands.md does not describe {sorted(missing)} of {name}."


# What was promised when people and trust were built; later numbers join when they are covered.
PROMISED = {
    *(f"T{number}" for number in (*range(10, 22), 25, 28, *range(32, 39))),
    *(f"F{number:02}" for number in (*range(1, 5), 7, *range(9, 14), 21, 27, 28, 33)),
}


def test_every_number_that_was_promised_is_in_the_name_of_a_test():
    missing = PROMISED - numbers_in_tests()
    assert not missing, f"Name these in a test that covers them, as in test_t10_…: {sorted(missing)}."


def test_every_number_in_the_name_of_a_test_has_its_meaning():
    text = (REFERENCE / "threats-and-faults.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([A-Z]\d\d) \|", text, flags=re.MULTILINE))
    unknown = (numbers_in_tests() | PROMISED) - explained
    assert not unknown, f"Say in docs/reference/threats-and-faults.md what these mean: {sorted(unknown)}."


def test_every_rule_of_featured_comments_that_a_test_names_is_stated():
    text = (REFERENCE / "featured-comments.md").read_text(encoding="utf-8")
    stated = set(re.findall(r"^\| (\d\d) \|", text, flags=re.MULTILINE))
    named = {
        number
        for path in (ROOT / "tests").rglob("test_*.py")
        for number in re.findall(r"^\s*def test_rule(\d\d)_", path.read_text("utf-8"), flags=re.MULTILINE)
    }
    assert named <= stated, f"State these in docs/reference/featured-comments.md: {sorted(named - stated)}."
    core = {"01", "02", "03", "04", "05", "06", "07", "09", "11"}
    assert core <= named, f"Name these in a test that covers them: {sorted(core - named)}."


def numbers_in_tests() -> set[str]:
    """Return the numbers of threats, leaks, faults and aims in the names of our tests."""
    names = (
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^\s*def (test_\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    return {number.upper() for name in names for number in re.findall(r"_([tlfg]\d\d)(?=_|$)", name)}


def options_of(command: BaseCommand) -> set[str]:
    parser = command.create_parser("manage.py", "command")
    return {action.option_strings[0] for action in parser._actions if action.option_strings}


def without_code(text: str) -> str:
    """Return a page of the documentation without its examples."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def test_every_page_of_the_documentation_can_be_reached():
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in [*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")]
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8")))
        if not re.match(r"[a-z]+:|#", target)
    }
    dangling = [str(path) for path in linked if not path.exists()]
    assert not dangling, f"These links lead nowhere: {dangling}"
    orphans = [
        str(page.relative_to(ROOT)) for page in ROOT.glob("docs/**/*.md") if page.resolve() not in linked
    ]
    assert [page for page in orphans if page != "docs/index.md"] == [], "Link these from docs/index.md."


def test_the_readme_names_the_whole_cast():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+?)(?: \(disabled\))? \| (.+) \|$", readme, flags=re.MULTILINE)
    cast = [(person.username, person.name, person.description) for person in SIGN_INS]
    assert rows == cast, "Write the table of sign-ins in README.md anew from demo/cast/."
    assert DEMO_PASSWORD in readme, "Write the demonstration's password into README.md."
