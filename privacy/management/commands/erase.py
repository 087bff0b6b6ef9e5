"""`manage.py erase`: forget somebody, or forget again those whom a restored backup remembers."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from privacy.actions import ErasureRefused, erase_participant, replay_erasures
from privacy.management.commands.export_person import find_participants


class Command(BaseCommand):
    """Erases one person, after asking, or replays erasures after a restore."""

    help = "Erases everything that is kept about the person with an address. It cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", help="The address of the guest or of the account.")
        parser.add_argument(
            "--replay", action="store_true", help="Erase again everybody who was erased since the backup."
        )
        parser.add_argument(
            "--no-input", action="store_false", dest="interactive", help="Erase without asking."
        )

    def handle(self, *args: object, **options: object) -> None:
        if options["replay"]:
            self.stdout.write(f"Erased again: {replay_erasures()}.")
            return
        if not options["address"]:
            raise CommandError("Say whom: an address, or --replay after a restore.")
        participants = find_participants(options["address"])
        if options["interactive"]:
            names = " and ".join(dict.fromkeys(participant.name for participant in participants))
            answer = input(f"Erase everything that {names} said? It cannot be undone. [yes/no] ")
            if answer != "yes":
                raise CommandError("Nothing was erased.")
        try:
            for participant in participants:
                erase_participant(participant)
        except ErasureRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Erased.")
