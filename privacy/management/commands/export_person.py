"""`manage.py export_person`: everything that the portal keeps about somebody."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from people.models import Participant
from privacy.actions import as_csv, as_json, export_person, find_people
from privacy.personal_data import Row


def find_participants(address: str) -> list[Participant]:
    """Return the participants with that address; raises `CommandError` where nobody has it."""
    found = find_people(address)
    if not found:
        raise CommandError("Nobody here speaks under this address.")
    return found


class Command(BaseCommand):
    """Writes an export to standard output (JSON) or to a file (JSON, or a zip of CSV files)."""

    help = "Writes everything that is kept about the person with an address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="The address of the guest or of the account.")
        parser.add_argument("--output", type=Path, help="A file; it ends in .json or, for CSV, in .zip.")

    def handle(self, *args: object, **options: object) -> None:
        tables: dict[str, list[Row]] = {}
        for participant in find_participants(options["address"]):
            for name, rows in export_person(participant).items():
                tables.setdefault(name, []).extend(rows)
        output = options["output"]
        if output is None:
            sys.stdout.write(as_json(tables) + "\n")
        elif output.suffix == ".zip":
            output.write_bytes(as_csv(tables))
        else:
            output.write_text(as_json(tables), encoding="utf-8")
