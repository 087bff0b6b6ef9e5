"""`manage.py verify_log`: whether the log of decisions is whole."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from moderation.actions import find_faults, last_digest
from moderation.models import DecisionSeal
from portal.guards import missing_guards


class Command(BaseCommand):
    """Follows the chain of seals from the first decision to the last, and fails where it is broken.

    It prints the last digest. Kept elsewhere and given back with `--kept`, it shows that nothing was cut off
    the end since.
    """

    help = "Checks that no decision of the log of moderation was changed, removed or slipped in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kept", default="", help="The digest that an earlier run printed.")

    def handle(self, *args: object, kept: str, **options: object) -> None:
        faults = [*map(str, find_faults(kept.strip()))]
        faults += [f"The database does not guard the log: {name} is missing." for name in missing_guards()]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"Faults in the log: {len(faults)}.")
        self.stdout.write(f"Decisions in the chain: {DecisionSeal.objects.count()}. Faults: 0.")
        self.stdout.write(f"Last digest: {last_digest() or 'none'}")
