"""`manage.py apply_retention`: remove what has been kept for long enough."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from privacy.actions import apply_retention
from privacy.actions.retention import BATCH


class Command(BaseCommand):
    """Applies the rules of retention, and prints what each removed; `run_periodic` does it once a day."""

    help = "Removes personal data that has been kept for long enough, and says what, rule by rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Remove nothing, and say what would be removed."
        )
        parser.add_argument(
            "--batch", type=int, default=BATCH, help=f"Rows in one transaction (default: {BATCH})."
        )

    def handle(self, *args: object, **options: object) -> None:
        is_trial = bool(options["dry_run"])
        total = 0
        for rule, count in apply_retention(is_trial=is_trial, batch=max(1, options["batch"])):
            total += count
            self.stdout.write(f"{rule.name}, {rule.days} days: {count}")
        self.stdout.write(f"{'Would be removed' if is_trial else 'Removed'}: {total}.")
