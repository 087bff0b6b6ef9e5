"""`manage.py recount_comments`: count every conversation anew, and say where the figures were wrong."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from dialogue.actions import correct_counts, find_differences
from dialogue.models import Comment, Conversation


class Command(BaseCommand):
    """Compares what is kept of comments, threads and pages with the comments themselves, and mends it."""

    help = "Counts the comments of every page anew, prints what was wrong, and mends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Mend nothing, and fail where anything is wrong."
        )
        parser.add_argument("--page", type=int, help="The number of one page; without it, every page.")

    def handle(self, *args: object, **options: object) -> None:
        is_check, total, pages = bool(options["check"]), 0, 0
        for page in self._pages(options["page"]).iterator():
            pages += 1
            for difference in find_differences(page) if is_check else correct_counts(page):
                total += 1
                self.stdout.write(str(difference))
        if total and is_check:
            raise CommandError(f"Figures that are wrong: {total}, on {pages} pages. Nothing was changed.")
        self.stdout.write(f"Pages counted: {pages}. Figures mended: {total}.")

    @staticmethod
    def _pages(number: object) -> object:
        """Return the pages that have comments, or figures about them."""
        pages = Page.objects.order_by("pk")
        if number:
            return pages.filter(pk=number)
        has_comments = Comment.objects.values("page_id").distinct()
        return pages.filter(pk__in=has_comments) | pages.filter(pk__in=Conversation.objects.values("pk"))
