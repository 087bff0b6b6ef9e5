"""`manage.py seed_demo`: a portal full of life, to look at and to try things on."""

from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import override

from demo.actions import seed_demo
from demo.cast import DEMO_PASSWORD, SIGN_INS
from demo.factories import Demonstration
from portal.sites import whole_address


class Command(BaseCommand):
    """Fills the portal with the demonstration; run again, it changes nothing that is there."""

    help = (
        "Fills the portal with the demonstration: an invented company, its articles and dialogues in two "
        "languages, what people said in them, and accounts to sign in with. Safe to run again."
    )

    def handle(self, *args: object, **options: object) -> None:
        is_quiet = options["verbosity"] == 0
        demo = seed_demo(report=(lambda sentence: None) if is_quiet else self.stdout.write)
        if is_quiet:
            return
        if demo.made:
            made = ", ".join(f"{count} {name}" for name, count in demo.made.items())
            self.stdout.write(f"Made {made}.")
        else:
            self.stdout.write("The demonstration is there already: nothing was changed.")
        self._show_ways_in(demo)

    def _show_ways_in(self, demo: Demonstration) -> None:
        self.stdout.write(f"\nEverybody’s password is {DEMO_PASSWORD}\n")
        for person in SIGN_INS:
            state = "" if person.is_active else " (disabled)"
            self.stdout.write(f"  {person.username:<8}  {person.email:<32}  {person.description}{state}")
        with override("fr"):
            addresses = {
                "In French": "/fr/",
                "In English": "/en/",
                "Sign in": reverse("account_login"),
                "Admin": reverse("wagtailadmin_home"),
                "An article around a comment": demo.pages["two-reasons", "fr"].get_url(),
                "A long conversation": demo.pages["last-boat", "fr"].get_url(),
            }
        self.stdout.write("")
        for label, address in addresses.items():
            self.stdout.write(f"  {label + ':':<29}{whole_address(address)}")
