"""`manage.py seed_load`: a conversation as long as you like."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from demo.actions import seed_load
from dialogue.models import Comment, ConversationPage


class Command(BaseCommand):
    """Puts many published comments under one page, in threads of all lengths, one of them very long."""

    help = "Puts many comments under a new article, or under a page of yours; prints its address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--comments", type=int, required=True, metavar="N", help="How many.")
        parser.add_argument(
            "--page", type=int, metavar="ID", help="Under this page (default: a new article)."
        )
        parser.add_argument("--language", choices=("fr", "en"), default="fr", help="Of the new article.")

    def handle(self, *args: object, **options: object) -> None:
        if options["comments"] < 0:
            raise CommandError("Give a number of comments that is not below nought.")
        page = self._find_page(options["page"]) if options["page"] else None
        page = seed_load(options["comments"], page=page, language=options["language"])
        if options["verbosity"]:
            total = Comment.objects.filter(page=page).published().count()
            self.stdout.write(f"“{page.title}” has {total} comments: {page.full_url}")

    @staticmethod
    def _find_page(pk: int) -> ConversationPage:
        page = Page.objects.filter(pk=pk).first()
        page = page.specific if page else None
        if not isinstance(page, ConversationPage):
            raise CommandError(f"There is no article or dialogue with the number {pk}.")
        return page
