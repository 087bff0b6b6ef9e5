"""Collects the strings to translate, and says whether a French one is missing.

    python tools/translations.py collect   renew locale/fr/LC_MESSAGES/*.po from the code
    python tools/translations.py check     fail if that would change a file, or if a string is not translated
                                           or not set as French is in Québec

The source of every string is English, so English needs no file.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "fr"
FOLDER = ROOT / "locale" / LANGUAGE / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
OUTSIDE = (".venv", "var", "tests", "bench", "tools", "docs", "deploy", "demo/content", "node_modules")
# In Québec: nothing before ; ? and !, a no-break space before : and inside the quotation marks.
MISSPACED = re.compile(r"[ \u00a0\u202f][;?!]|[ \u202f]:(?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»")


def collect(root: Path) -> dict[str, bytes]:
    """Renew the catalogues below `root` with gettext's own tools; return them by their domain."""
    folder = root / "locale" / LANGUAGE / "LC_MESSAGES"
    for domain in DOMAINS:
        ignored = [word for pattern in OUTSIDE for word in ("--ignore", pattern)]
        subprocess.run(  # noqa: S603 - our own interpreter, our own words
            [
                *(sys.executable, "-m", "django", "makemessages", "--domain", domain, "--locale", LANGUAGE),
                *("--no-location", "--no-obsolete", "--no-wrap", "--verbosity", "0", *ignored),
            ],
            cwd=root,
            env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
            check=True,
        )
    for path in folder.glob("*.po"):
        path.write_text(without_date(path.read_text(encoding="utf-8")), encoding="utf-8")
    return read(folder)


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.po"))}


def without_date(text: str) -> str:
    """Return a catalogue without the line that changes at each collection."""
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith('"POT-Creation-Date:')
    )


def check() -> list[str]:
    """Return what is wrong with the catalogues. It works on a copy, and leaves them as they are."""
    before = read(FOLDER)
    faults = [fault for name, text in before.items() for fault in untranslated(name, text)]
    faults += [fault for name, text in before.items() for fault in misspaced(name, text)]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "parley"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".*", "*.pyc", "*.mo", "var", "node_modules")
        )
        after = collect(copy)
    if before != after:
        faults.append(
            "The catalogues are not those of the code: run `make translations`, translate what is new."
        )
        faults += [f"  new: {word}" for word in new_words(before, after)]
    return faults


def untranslated(name: str, text: bytes) -> list[str]:
    """Return a sentence for each string of a catalogue that readers would see in English."""
    faults = []
    for message in load(text):
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(words)):
            state = "fuzzy" if message.fuzzy else "not translated"
            faults.append(f"locale/{LANGUAGE}/LC_MESSAGES/{name}:{message.lineno}: {state}: {message.id}")
    return faults


def misspaced(name: str, text: bytes) -> list[str]:
    """Return a sentence for each translation whose marks have other spaces about them than ours."""
    return [
        f"locale/{LANGUAGE}/LC_MESSAGES/{name}:{message.lineno}: spaces about {found[0]!r}: {words}"
        for message in load(text)
        for words in (message.string if isinstance(message.string, tuple) else (message.string,))
        if message.id and (found := MISSPACED.search(words))
    ]


def new_words(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Return the strings that the code has and the catalogues do not."""
    known = {(message.context, str(message.id)) for text in before.values() for message in load(text)}
    found = {(message.context, str(message.id)) for text in after.values() for message in load(text)}
    return sorted(word for _, word in found - known)


def load(text: bytes) -> Catalog:
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.seek(0)
        return read_po(file, locale=LANGUAGE)


def main() -> int:
    match sys.argv[1:]:
        case ["collect"]:
            collect(ROOT)
            return 0
        case ["check"]:
            faults = check()
            print("\n".join(faults))
            return 1 if faults else 0
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main())
