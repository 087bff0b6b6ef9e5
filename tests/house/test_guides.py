"""What the guides tell people to type is read as it will be: by a shell, by systemd, by our own commands."""

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.template import engines

from tests.house.test_reference import headings

ROOT = Path(settings.BASE_DIR)
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
SAMPLE_FILE = ROOT / "deploy" / "sample.env"
BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>\w+)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
ASSIGNMENT = re.compile(r"[A-Z_]+=")
NOT_OURS = {"DATABASE_URL", "POSTGRES_PASSWORD", "DJANGO_SETTINGS_MODULE", "REDIS_URL"}


class Block(NamedTuple):
    """A piece of a guide that is set as code."""

    kind: str
    text: str


def blocks_of(page: Path) -> Iterator[Block]:
    for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
        lines = (line.removeprefix(match["indent"]) for line in match["text"].splitlines())
        yield Block(match["kind"], "\n".join(lines) + "\n")


BLOCKS = [
    pytest.param(block, id=f"{page.relative_to(ROOT)}:{number}")
    for page in PAGES
    for number, block in enumerate(blocks_of(page), start=1)
]


def read_as_systemd(text: str) -> dict[str, str]:
    """Read the lines of an `EnvironmentFile` (systemd.exec(5)): a remark behind a value is part of it."""
    lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] not in "#;"]
    pairs = [line.partition("=") for line in lines]
    return {name.strip(): _unquote(value.strip()) for name, _sign, value in pairs}


def _unquote(value: str) -> str:
    """Take away quotation marks around the whole; inside double ones, and outside, a backslash protects."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1]
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return re.sub(r"\\(.)", r"\1", value)


def read_as_shell(text: str, folder: Path) -> dict[str, str]:
    """Read them as `set -a; . file` does."""
    (folder / "environment").write_text(text, encoding="utf-8")
    command = 'set -aeu; . "$PWD/environment"; env -0'
    done = subprocess.run(  # noqa: S603 - lines of our own guides, which assign and nothing else
        ["/bin/sh", "-c", command], cwd=folder, env={}, capture_output=True, check=True, text=True
    )
    pairs = (line.partition("=") for line in done.stdout.split("\0") if line)
    return {name: value for name, _sign, value in pairs if name not in {"PWD", "SHLVL", "_", "OLDPWD"}}


def check_environment(text: str, folder: Path) -> None:
    read = read_as_systemd(text)
    assert read == read_as_shell(text, folder)
    known = set(headings("settings.md")) | NOT_OURS
    assert set(read) <= known, f"docs/reference/settings.md does not know {sorted(set(read) - known)}"


def check_shell(text: str) -> None:
    done = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stderr
    assert not re.search(r"<[\w ]+>", text), "A shell takes <words> for a file: write an example."
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert not all(map(ASSIGNMENT.match, lines)), "Lines of an environment file are set as ```env."
    for line in lines:
        check_commands(line)


def check_commands(line: str) -> None:
    """Our commands, our targets of make and their options are there."""
    if made := re.match(r"(?:PORT=\d+ )?make (?P<target>[\w-]+)", line):
        targets = re.findall(r"^([\w-]+(?: [\w-]+)*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert made["target"] in " ".join(targets).split(), line
    if called := re.search(r"manage\.py (?P<name>\w+)(?P<rest>[^|>&#]*)", line):
        command = load_command_class(get_commands()[called["name"]], called["name"])
        options = [word.partition("=")[0] for word in shlex.split(called["rest"]) if word.startswith("--")]
        known = command.create_parser("manage.py", called["name"])._option_string_actions
        assert set(options) <= set(known), line


def check_html(text: str) -> None:
    engines["django"].from_string(text)
    HTMLParser().feed(text)


@pytest.mark.parametrize("block", BLOCKS)
def test_r04_every_block_is_read_by_whoever_reads_it(block, tmp_path):
    checks = {
        "env": lambda: check_environment(block.text, tmp_path),
        "sh": lambda: check_shell(block.text),
        "python": lambda: ast.parse(block.text),
        "html": lambda: check_html(block.text),
    }
    assert block.kind in checks, f"Say here how ```{block.kind} is read."
    checks[block.kind]()


def test_r04_the_sample_file_too_with_what_it_only_proposes(tmp_path):
    text = SAMPLE_FILE.read_text(encoding="utf-8")
    check_environment(text, tmp_path)
    proposed = re.sub(r"^# (?=[A-Z_]+=)", "", text, flags=re.MULTILINE)
    check_environment(proposed, tmp_path)
    assert len(read_as_systemd(proposed)) > len(read_as_systemd(text))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=1 # remark", "1 # remark"),
        ("A=1", "1"),
        ('A="a b"', "a b"),
        ("""A='{"*": ["x"]}'""", '{"*": ["x"]}'),
        ("A=a\\ b", "a b"),
        ('A="a\\"b"', 'a"b'),
        ("A=", ""),
        ("# A=1\n; B=2\nA=3", "3"),
    ],
)
def test_this_is_how_systemd_reads(line, value):
    assert read_as_systemd(line) == {"A": value}
