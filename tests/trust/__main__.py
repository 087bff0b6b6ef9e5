"""The long form of every proof, on the database that `DATABASE_URL` names (`make trust` runs both).

python -m tests.trust                          every proof, then the mutants
python -m tests.trust worlds canaries          some of them
python -m tests.trust mutants --only NAME      one mutant
python -m tests.trust matrix --write           write the table anew as the portal answers now
"""

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from functools import partial
from time import monotonic
from types import SimpleNamespace

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
PROOFS = (
    *("worlds", "canaries", "matrix", "acts", "states", "quotations"),
    *("writers", "races", "mixed", "timing", "mutants"),
)
SHOWN = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__.splitlines()[0])
    parser.add_argument("proofs", nargs="*", choices=[*PROOFS, []], help="which (all of them)")
    parser.add_argument("--only", default="", help="the one mutant to try")
    parser.add_argument("--write", action="store_true", help="write matrix.toml anew")
    options = parser.parse_args()
    django.setup()
    run = load()
    with run.portal_set_up():
        if options.write:
            run.write_table()
            return 0
        lines, faults = [], []
        for name in options.proofs or PROOFS:
            begun = monotonic()
            line, found = ask(name, partial(run.PROOFS[name], options))
            tell(f"{name} on {connection.vendor}: {monotonic() - begun:.0f} s, {len(found)} faults")
            lines.append(line)
            faults += found
    tell(*(f"  {fault}" for fault in faults[:SHOWN]), f"On {connection.vendor}:", *lines)
    return 1 if faults else 0


def ask(name: str, prove: Callable[[], tuple[str, list[str]]]) -> tuple[str, list[str]]:
    """Return what a proof says; one that breaks off is a fault, and the others are asked all the same."""
    try:
        return prove()
    except Exception:
        return f"{name}: broken off", [traceback.format_exc()]


def tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def load() -> SimpleNamespace:
    """Return the proofs by name. They know the portal's models, so Django must be set up before."""
    from tests.trust import runs  # noqa: PLC0415

    return runs


if __name__ == "__main__":
    sys.exit(main())
