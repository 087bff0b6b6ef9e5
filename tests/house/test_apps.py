"""Our apps are listed once, in `pyproject.toml`; whatever else has to name them names the same."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.project import APPS, PROJECT

ROOT = Path(settings.BASE_DIR)
ONE_LIST = (
    "They differ from `root_packages` under [tool.importlinter] in pyproject.toml: write there what is ours."
)
OF_THE_PRODUCT = set(APPS) - {"demo"}
CONTRACTS = {contract["name"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_they_are_the_folders_with_an_app_and_those_that_run():
    assert {path.parent.name for path in ROOT.glob("*/apps.py")} == set(APPS), ONE_LIST
    names = (name.partition(".")[0] for name in settings.INSTALLED_APPS)
    assert {name for name in names if (ROOT / name).is_dir()} == set(APPS), ONE_LIST


def test_the_commands_read_the_list():
    script = ROOT / "tools/list_apps.sh"
    told = subprocess.run([script], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert tuple(told.stdout.split()) == APPS, "tools/list_apps.sh expects `root_packages` on one line."
    for name in ("Makefile", "tools/check.sh"):
        assert "tools/list_apps.sh" in read(name), f"{name} has to ask tools/list_apps.sh for our apps."


def test_the_layers_name_each_once():
    layers = " | ".join(CONTRACTS["The layers of the house"]["layers"]).split(" | ")
    assert sorted(layers) == sorted(APPS), ONE_LIST
    known = CONTRACTS["Only tests and the demonstration know the demonstration"]["source_modules"]
    assert set(known) == OF_THE_PRODUCT, ONE_LIST


@pytest.mark.parametrize("app", sorted(OF_THE_PRODUCT - {"portal"}))  # the frame has an order of its own
def test_the_modules_of_each_are_in_layers(app):
    assert CONTRACTS.get(f"Inside {app}", {}).get("exhaustive"), (
        f"Write the contract “Inside {app}”, exhaustive, in pyproject.toml."
    )


def test_the_lines_of_each_are_counted():
    assert set(PROJECT["tool"]["coverage"]["run"]["source"]) == set(APPS), ONE_LIST


def test_each_of_the_product_is_in_the_container():
    image = read("deploy/Containerfile").rpartition("\nFROM ")[2]
    copied = set(re.findall(r"^COPY (\w+) \1$", image, re.MULTILINE))
    assert copied == OF_THE_PRODUCT | {"templates"}, f"deploy/Containerfile copies other folders. {ONE_LIST}"


def test_a_newcomer_is_told_of_each():
    told = {
        name
        for row in re.findall(r"^\| (`.*?) \|", read("CONTRIBUTING.md"), re.MULTILINE)
        for name in re.findall(r"`(\w+)/`", row)
    }
    assert set(APPS) <= told, "The table in CONTRIBUTING.md leaves out a folder."


def test_what_a_newcomer_is_told_is_there():
    places = re.findall(r"`(\w+/[\w/.]*)`", read("CONTRIBUTING.md"))
    assert len(places) > len(APPS), "CONTRIBUTING.md says where things live: `app/` or `app/module.py`."
    missing = [place for place in places if not (ROOT / place).exists()]
    assert not missing, f"CONTRIBUTING.md sends people to {missing}, which is not there."
