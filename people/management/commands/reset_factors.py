"""`manage.py reset_factors`: for an administrator who has lost phone, key and codes."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from people.actions import reset_factors
from people.models import User


class Command(BaseCommand):
    """Takes away somebody's second factors, and signs them out everywhere."""

    help = "Takes away the second factors of an account, and ends its sessions. The password stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="The user name of the account.")

    def handle(self, *args: object, **options: str) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody has the user name “{options['username']}”.")
        self.stdout.write("Taken away." if reset_factors(user, by=None) else "There were none.")
