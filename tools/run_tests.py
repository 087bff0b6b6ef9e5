"""Runs the tests on one database, always in the same order; what fails is run once more, by itself.

A test that fails among the others and passes alone is *unsteady*: the run passes, and names it with its last
words, for it is a fault to mend next. `docs/reference/tests.md` tells how.

    python tools/run_tests.py -n 3 -m database tests/dialogue     (what follows is for pytest)
"""

import subprocess
import sys
import tempfile
from pathlib import Path

MOST = 20  # failed tests: more are no unsteadiness, and are not run again
FAILED = 1  # pytest's exit code where tests failed


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder, "failed")
        code = run_pytest([*_order(arguments), f"--list-failed={names}", *arguments])
        failed = names.read_text(encoding="utf-8").splitlines() if names.exists() else []
    if code != FAILED or not 0 < len(failed) <= MOST:
        return code
    print(f"\nOnce more, one after the other: {len(failed)} that failed.", flush=True)
    code = run_pytest(["-p", "no:randomly", *failed])
    if code == 0:
        print(f"unsteady: {len(failed)}")
        print("\n".join(f"  {name}" for name in failed), flush=True)
    return code


def run_pytest(arguments: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode  # noqa: S603


def _order(arguments: list[str]) -> list[str]:
    """Return the seed of the order: the same tree is run in the same order, whoever runs it."""
    if any(argument.startswith(("--randomly-seed", "no:randomly")) for argument in arguments):
        return []
    said = subprocess.run(
        ["git", "rev-parse", "HEAD^{tree}"],  # noqa: S607 - whichever git there is
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return [f"--randomly-seed={int(said[:7] or '0', 16)}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
