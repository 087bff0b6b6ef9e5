"""`manage.py render_comments`: make anew what readers see of each comment."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from dialogue.actions import renew_fragments, renew_versions
from dialogue.actions.fragments import BATCH


class Command(BaseCommand):
    """Renews what another version of the portal made of comments; readers see the same before and after."""

    help = "Makes anew what readers see of comments, where it is missing or of another version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="Make those of this version anew as well.")
        parser.add_argument(
            "--batch", type=int, default=BATCH, help=f"Comments in one transaction (default: {BATCH})."
        )

    def handle(self, *args: object, **options: object) -> None:
        batch = max(1, options["batch"])
        made = sum(renew_fragments(batch=batch, is_all=bool(options["all"])))
        self.stdout.write(f"Comments made anew: {made}.")
        self.stdout.write(f"Versions made anew: {sum(renew_versions(batch=batch))}.")
