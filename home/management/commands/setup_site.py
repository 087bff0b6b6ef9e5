"""`manage.py setup_site`: from an empty database to a portal in which one can write."""

import os
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from home.actions import Account, Organisation, setup_site
from people.addresses import tidy_address
from people.models import User
from portal.models import PortalSettings

PASSWORD_VARIABLE = "PARLEY_ADMIN_PASSWORD"  # noqa: S105 - the name of a variable, not a password
# What is asked of the organisation, and whether the settings know it already.
ORGANISATION: dict[str, tuple[str, Callable[[PortalSettings], object]]] = {
    "organisation": ("Name of the organisation", lambda known: known.is_named),
    "privacy_officer": ("Person in charge of personal information", lambda known: known.privacy_officer),
    "privacy_contact": ("How to reach that person", lambda known: known.privacy_contact),
}
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

        parser.add_argument("--organisation", default="", help="What the organisation is called.")
        parser.add_argument(
            "--privacy-officer", default="", help="Who is in charge of personal information: name and title."
        )
        parser.add_argument(
            "--privacy-contact",
            default="",
            help="How to reach that person: an address, a telephone number.",
        )

    def handle(self, *args: object, **options: object) -> None:
        self._refuse_unmigrated()
        is_quiet = options["verbosity"] == 0
        account, made_up = self._read_account(options)
        organisation = self._read_organisation(options)
        report = (lambda _: None) if is_quiet else self.stdout.write
        try:
            done = setup_site(account=account, organisation=organisation, report=report)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
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

    def _read_organisation(self, options: dict[str, object]) -> Organisation:
        """Return what was said of the organisation; a terminal is asked for what is not known yet."""
        known = PortalSettings.objects.filter(site__is_default_site=True).first() or PortalSettings()
        asks = bool(options["interactive"]) and sys.stdin.isatty()
        answers = {}
        for name, (question, is_known) in ORGANISATION.items():
            answers[name] = str(options[name]).strip()
            if asks and not answers[name] and not is_known(known):
                answers[name] = input(f"{question} (empty: later, in the settings): ").strip()
        return Organisation(answers["organisation"], answers["privacy_officer"], answers["privacy_contact"])

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
