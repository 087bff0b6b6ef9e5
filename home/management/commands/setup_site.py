"""`manage.py setup_site`: from an empty database to a portal in which one can write."""

import os
import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from home.actions import Account, setup_site
from people.addresses import tidy_address
from people.models import User

PASSWORD_VARIABLE = "PARLEY_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable, not a password
PASSWORD_BYTES = 15  # 120 bits, twenty signs


class Command(BaseCommand):
    """Sets the portal up, once; run again, it adds what is missing and changes nothing else."""

    help = (
        "Sets the portal up: languages, home pages, sections, groups, the internal restriction, settings, "
        "navigation and the first administrator. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--admin-email", default="", help="Address of the first administrator.")
        parser.add_argument(
            "--admin-username", default="admin", help="Name to sign in with (default: admin)."
        )
        parser.add_argument(
            "--no-input",
            "--noinput",
            action="store_false",
            dest="interactive",
            help=f"Ask nothing. The password is read from {PASSWORD_VARIABLE}, or made up and printed once.",
        )

    def handle(self, *args: object, **options: object) -> None:
        self._refuse_unmigrated()
        is_quiet = options["verbosity"] == 0
        account, made_up = self._read_account(options)
        done = setup_site(account=account, report=(lambda _: None) if is_quiet else self.stdout.write)
        if is_quiet:
            return
        if not done:
            self.stdout.write("Everything is set up already: nothing was changed.")
        if made_up:
            self.stdout.write(f"Its password, shown this once: {made_up}")
        if not User.objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write("There is no administrator yet: run this again with --admin-email.")

    def _read_account(self, options: dict[str, object]) -> tuple[Account | None, str]:
        """Return the account asked for, and its password where we made it up."""
        if User.objects.filter(is_superuser=True, is_active=True).exists():
            return None, ""
        is_interactive = bool(options["interactive"]) and sys.stdin.isatty()
        email = str(options["admin_email"])
        if not email and is_interactive:
            email = input("Email address of the administrator: ").strip()
        if not email:
            return None, ""
        try:
            email = tidy_address(email)
        except ValidationError as error:
            raise CommandError(
                f"“{email}” is not an email address that mail reaches. Write one like name@example.org."
            ) from error
        self._refuse_taken(email, str(options["admin_username"]))
        password = os.environ.get(PASSWORD_VARIABLE, "")
        if not password and is_interactive:
            password = getpass("Password (empty: one is made up): ")
        made_up = "" if password else secrets.token_urlsafe(PASSWORD_BYTES)
        return Account(email, str(options["admin_username"]), password or made_up), made_up

    @staticmethod
    def _refuse_unmigrated() -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not ready: run `manage.py migrate` first.")

    @staticmethod
    def _refuse_taken(email: str, username: str) -> None:
        users = User.objects
        if users.with_address(email).exists() or users.filter(username=username).exists():
            raise CommandError(
                f"Somebody already has the address “{email}” or the name “{username}”. Choose others, "
                "or make that account an administrator in the admin."
            )
