"""`manage.py score_comments FILE.jsonl`: say what screening notices in each line of a file."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.screening.evidence import Evidence
from moderation.screening.registry import look
from moderation.screening.signals import ENOUGH, as_json, risk_of

FIELDS = ("text", "name", "email", "language")


class Command(BaseCommand):
    """Reads a JSON object a line, with `text` and perhaps `name`, `email` and `language`; writes one a line.

    Each line that comes out is what came in, with `signals`, `risk` (0 to 100) and `verdict`: whether
    screening would hold such a comment under a policy that holds nobody else. What rules ask the database of
    a comment (who else said this, what was decided before) a line cannot tell. Nothing is stored.
    """

    help = "Scores comments of a file (JSON lines) with the rules of screening, and stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="A file of JSON lines; “-” reads what comes in.")

    def handle(self, *args: object, file: str, **options: object) -> None:
        for number, line in enumerate(self._read(file), 1):
            if line.strip():
                said = self._parse(line, number)
                signals = look(Evidence(**{name: said.get(name) or "" for name in FIELDS}))
                risk = risk_of(signals)
                verdict = "hold" if risk >= ENOUGH else "publish"
                scored = {**said, "signals": as_json(signals), "risk": risk, "verdict": verdict}
                self.stdout.write(json.dumps(scored, ensure_ascii=False))

    def _read(self, file: str) -> Iterator[str]:
        if file == "-":
            yield from sys.stdin
            return
        try:
            with Path(file).open(encoding="utf-8") as lines:
                yield from lines
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error

    def _parse(self, line: str, number: int) -> dict[str, Any]:
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        is_right = isinstance(said, dict) and isinstance(said.get("text"), str)
        if not is_right or not all(isinstance(said.get(name) or "", str) for name in FIELDS):
            raise CommandError(
                f"Line {number}: a JSON object with a “text” is needed, and words in {FIELDS}."
            )
        return said
