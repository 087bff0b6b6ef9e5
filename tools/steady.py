"""Runs the suite several times on a busy machine, and says which tests did not pass each time.

python tools/steady.py [--runs 3] [--busy 8] -- [arguments for pytest]
"""

import argparse
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack

BUSY = "while True: pass"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--busy", type=int, default=8, help="busy processes beside the tests")
    parser.add_argument("arguments", nargs="*")
    given = parser.parse_args()
    troubles: Counter[str] = Counter()
    with ExitStack() as stack:
        for _process in range(given.busy):
            loop = subprocess.Popen([sys.executable, "-c", BUSY])  # noqa: S603 - our own words
            stack.callback(loop.kill)
        for run in range(1, given.runs + 1):
            for half in ("test-sqlite", "test-postgres"):
                print(f"\n== Run {run} of {given.runs}: {half}", flush=True)
                troubles.update(find_troubles(["make", half, f"ARGS={' '.join(given.arguments)}"], half))
    print(f"\nsteady: {given.runs} runs beside {given.busy} busy processes, {len(troubles)} tests differ")
    for name, times in troubles.most_common():
        print(f"  {times} of {given.runs} times  {name}")
    return bool(troubles)


def find_troubles(command: list[str], half: str) -> set[str]:
    """Run the half of the suite, show what it says, and return the tests that failed or were unsteady."""
    troubles = set()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:  # noqa: S603 - our own words
        for line in run.stdout or ():
            print(line, end="", flush=True)
            if line.startswith(("FAILED ", "ERROR ")):
                troubles.add(f"{line.split()[1]} ({half})")
    if run.returncode and not troubles:
        troubles.add(f"the run ended with {run.returncode} ({half})")
    return troubles


if __name__ == "__main__":
    sys.exit(main())
