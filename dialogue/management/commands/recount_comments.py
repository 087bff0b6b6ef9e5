"""`manage.py recount_comments`: make anew whatever is kept of conversations, and report where it is wrong."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from wagtail.models import Page

from dialogue.actions import find_consent_differences, find_differences, recount, rederive_consents
from dialogue.models import Comment, Conversation


class Command(BaseCommand):
    """Compares what is kept of comments, threads and pages with the comments themselves.

    It also compares what comments carry of the consent to be quoted with the register of consents.
    It writes nothing, and fails where anything differs, so that a job can watch over it; with `--mend` it
    writes what it found, and fails no more.
    """

    help = "Counts the comments of every page anew, reads the register, and reports whatever is kept wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="Write the figures that were wrong anew.")
        parser.add_argument("--page", type=int, help="The number of one page; without it, every page.")

    def handle(self, *args: object, mend: bool, page: int | None, **options: object) -> None:
        total = wrong = pages = 0
        for each in self._pages(page).iterator():
            counted = recount(each) if mend else find_differences(each)
            agreed = rederive_consents(each) if mend else find_consent_differences(each)
            differences = [*counted, *agreed]
            for difference in differences:
                self.stdout.write(str(difference))
            pages, wrong, total = pages + 1, wrong + bool(differences), total + len(differences)
        if total and not mend:
            where = f"{total}, on {wrong} of {pages} pages"
            raise CommandError(f"Figures that are wrong: {where}. Nothing was changed; --mend changes it.")
        found = "mended" if mend else "that are wrong"
        self.stdout.write(f"Pages counted: {pages}. Figures {found}: {total}.")

    @staticmethod
    def _pages(number: int | None) -> QuerySet[Page]:
        """Return the pages that have comments, or figures about them. Raises `CommandError` for no page."""
        if number is not None:
            one = Page.objects.filter(pk=number)
            if not one.exists():
                raise CommandError(f"There is no page {number}.")
            return one
        pages = Page.objects.order_by("pk")
        has_comments = Comment.objects.values("page_id").distinct()
        # Figures without a comment are wrong as well.
        return pages.filter(pk__in=has_comments) | pages.filter(pk__in=Conversation.objects.values("pk"))
